"""`db` and `keys`: what is done to the service rather than asked of it."""

from typing import Annotated

import typer

from app.cli.options import DEFAULT_DATABASE_URL, DatabaseOption, JsonOption, check_database_file, open_store

db = typer.Typer(help="The database and its tables.", no_args_is_help=True)
keys = typer.Typer(help="Keys to the service; with none it answers this machine alone.", no_args_is_help=True)


@db.command("upgrade")
def upgrade(database: DatabaseOption = DEFAULT_DATABASE_URL) -> None:
    """Make the tables, or bring them up to this version. Does nothing when they are."""
    from graph.store import Store

    check_database_file(database, create=True)
    with Store.open(database) as store:
        before = store.get_revision()
        store.upgrade()
        after = store.get_revision()
        done = "is up to date" if before == after else f"went from {before or 'empty'} to {after}"
        typer.echo(f"{store.address} {done} (schema {after}).")


@db.command("check")
def check(database: DatabaseOption = DEFAULT_DATABASE_URL) -> None:
    """Say whether the tables are those this version works with; exit 1 when they are not."""
    from graph.store import Store

    with Store.open(database) as store:
        store.check()
        typer.echo(f"{store.address} is fine (schema {store.get_revision()}).")


@keys.command("create")
def create_key(
    name: Annotated[str, typer.Argument(help="Who or what will use it.")],
    scope: Annotated[
        list[str] | None, typer.Option("--scope", help="read (the default), write or admin; repeatable.")
    ] = None,
    as_json: JsonOption = False,
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """Make a key and show its secret, this once."""
    from app.security import SCOPES, generate_secret, hash_secret

    if not name.strip():
        raise typer.BadParameter("give the key a name, by which to tell it from others")
    scopes = scope or ["read"]
    for given in scopes:
        if given not in SCOPES:
            raise typer.BadParameter(f"{given!r} is not a scope; the scopes are {', '.join(SCOPES)}")
    secret = generate_secret()
    with open_store(database, create=True) as store:
        key = store.add_key(name, hash_secret(secret), scopes)
    if as_json:
        _print_json({"id": key.id, "name": name, "scopes": scopes, "secret": secret})
        return
    typer.echo(secret)
    typer.echo(
        f"This is {key.id} for {name} ({', '.join(scopes)}). Keep the secret now: it is stored nowhere.",
        err=True,
    )


@keys.command("list")
def list_keys(as_json: JsonOption = False, database: DatabaseOption = DEFAULT_DATABASE_URL) -> None:
    """Show the keys there are; never their secrets."""
    with open_store(database) as store:
        found = store.list_keys()
    if as_json:
        shown = [{**key.model_dump(exclude={"secret_hash"}), "scopes": key.scopes.split()} for key in found]
        _print_json({"items": shown, "total": len(shown)})
        return
    if not found:
        typer.echo("No keys: the service answers this machine alone.")
    for key in found:
        state = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else "active"
        typer.echo(f"{key.id}  {key.name}  {key.scopes}  made {key.created_at:%Y-%m-%d}  {state}")


@keys.command("revoke")
def revoke_key(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="As `keys list` shows it.")],
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """Make a key useless, for good."""
    with open_store(database) as store:
        store.revoke_key(key_id)
    typer.echo(f"{key_id} is revoked.")


def _print_json(answer: object) -> None:
    import orjson

    typer.echo(orjson.dumps(answer).decode())
