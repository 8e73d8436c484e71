"""A domain's own folder: names and words that reach the claims, and faults that are told with their place."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.settings import Settings
from ingest.genders import guess_gender
from ingest.lexicon import LexiconError, get_lexicon, read_rules, use_lexicon
from ingest.pipeline import Pipeline, check_lexicon
from ingest.triggers import get_triggers
from ingest.types import Extraction, RawDocument

ACTORS = """
- id: harbour-workers-union
  name: Harbour Workers' Union
  type: organization
  aliases: [Dockers' Union]
  acronyms: [HWU]
- {id: tidewater-terminals, name: Tidewater Terminals, type: organization, aliases: [Tidewater]}
- {id: joan-petersen, name: Joan Petersen, type: person}
"""
VERBS = """
supports:
  verbs:
    - {how: cooperates-with, target: [with], verbs: [settle]}
opposes:
  verbs:
    - {how: coerces, target: object, verbs: [lock out, picket, blacklist]}
"""
RELATION = '"relation":"opposes"'
TITLES = """
titles:
  - id: shop-steward
    kind: leader
    text: [shop steward]
    relation: member-of
    how: represents
    of: [organization]
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of a labour dispute at a port."""
    folder = tmp_path_factory.mktemp("port")
    for name, text in (("actors", ACTORS), ("verbs", VERBS), ("titles", TITLES)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def port_pipeline(port: Path) -> Pipeline:
    """A pipeline that knows the port."""
    return Pipeline.load(lexicon_dirs=(port,))


def list_claims(extraction: Extraction) -> set[tuple[str | None, str, str | None, str | None]]:
    """Return the claims between known actors as (source, kind, how, target)."""
    actors, mentions = extraction.actors, extraction.mentions
    return {
        (actors[mentions[c.source].actor].known_id, c.kind, c.how, actors[mentions[c.target].actor].known_id)
        for c in extraction.claims
    }


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Tidewater Terminals locked out the Harbour Workers' Union on Monday.",
         ("tidewater-terminals", "opposes", "coerces", "harbour-workers-union")),
        ("The HWU picketed Tidewater.", ("harbour-workers-union", "opposes", "coerces", "tidewater-terminals")),
        ("Tidewater was blacklisted by the Dockers' Union.",
         ("harbour-workers-union", "opposes", "coerces", "tidewater-terminals")),
        ("The HWU settled with Tidewater.",
         ("harbour-workers-union", "supports", "cooperates-with", "tidewater-terminals")),
        ("Tidewater dismissed Joan Petersen, a shop steward of the HWU.",
         ("joan-petersen", "member-of", "represents", "harbour-workers-union")),
    ],
)  # fmt: skip
def test_own_words_reach_the_claims(
    port_pipeline: Pipeline, text: str, claim: tuple[str, str, str, str]
) -> None:
    """Names, verbs and titles of the folder are read as the product's own are; a word with a meaning of its own gets the folder's."""
    assert claim in list_claims(port_pipeline.extract(RawDocument(text)))


def test_two_pipelines_keep_apart(pipeline: Pipeline, port_pipeline: Pipeline) -> None:
    """What one pipeline knows of a folder another in the same process does not, whichever reads first."""
    text = RawDocument("Iran blacklisted Qatar.")
    assert list_claims(port_pipeline.extract(text)) == {("iran", "opposes", "coerces", "qatar")}
    assert ("iran", "opposes", "coerces", "qatar") not in list_claims(pipeline.extract(text))


def test_the_product_stays_below(port: Path) -> None:
    """All that the product knows is still known under a folder."""
    own, laid_over = get_lexicon(), check_lexicon((port,))
    assert {actor.id for actor in own.actors} < {actor.id for actor in laid_over.actors}
    before = get_triggers()
    with use_lexicon(laid_over):
        assert set(get_triggers().verbs) == {*before.verbs, "blacklist", "picket", "lock out"}


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("actors.yaml", "- {id: a, name: A, type: gang}", r"actors\.yaml: a: type: 'gang' is none of armed-group, .*\(line 1\)"),
        ("actors.yaml", "\n\n- {id: a, name: A, typ: party}", r"actors\.yaml: a: type: is missing \(line 3\)"),
        ("actors.yaml", "- id: a\n   name: A", r"actors\.yaml: is not YAML: .*line 2"),
        ("actor.yaml", "[]", r"actor\.yaml: is no file of a lexicon; those that are: actors\.yaml, "),
        ("verbs.yaml", "resists: {}", r"verbs\.yaml: resists: is no section here; those that are: .*opposes, .*supports"),
        ("verbs.yaml", "opposes:\n  verb: []", r"verbs\.yaml: opposes\.verb: is no section here; .*verbs.*\(line 2\)"),
        ("verbs.yaml", "opposes:\n  verbs: picket", r"opposes\.verbs: must be a list, not 'picket'"),
        ("verbs.yaml", "opposes:\n  verbs:\n    - {how: pickets, target: object, verbs: [picket]}",
         r"how: 'pickets' is no way to be in relation 'opposes'; the ways are accuses, .*\(line 3\)"),
        ("verbs.yaml", "opposes:\n  verbs:\n    - {target: object, verbs: [picket]}",
         r"opposes\.verbs, entry 1: 'how' is missing; an entry that is complete: \{how: .*\(line 3\)"),
        ("verbs.yaml", "opposes:\n  verbs:\n    - {how: null, target: object, verb: [picket]}",
         r"'verb' is no field here; the fields are how, sure, target, verbs \(line 3\)"),
        ("verbs.yaml", "opposes:\n  verbs:\n    - {how: null, target: object, verbs: [true]}",
         r"verbs: must list words, not True; put it in quotes \(line 3\)"),
        ("verbs.yaml", "opposes:\n  verbs:\n    - {how: null, target: object, sure: 2, verbs: [x]}", r"sure: 2 must be such as 0\.\d"),
        ("structure.yaml", "frames:\n  - {lemmas: [crew], kind: member, how: null, source: agent, target: patient, confidence: 0.8}",
         r"structure\.yaml: kind: 'member' is none of supports, .*\(line 2\)"),
        ("structure.yaml", "frames:\n  - {lemmas: [crew], kind: member-of, how: sails, source: agent, target: patient, confidence: 0.8}",
         r"how: 'sails' is no way of member-of; the ways are belongs-to"),
        ("titles.yaml", "titles:\n  - {id: a, kind: boss, text: [gaffer]}", r"titles\.yaml: a: kind: 'boss' is none of commander"),
        ("heads.yaml", "names:\n  - {type: crew, text: [gang]}", r"heads\.yaml: entry 1: type: 'crew' is none of"),
        ("given_names.yaml", "women: [ngozi]", r"given_names\.yaml: women: is no section here; those that are: female, male"),
        ("given_names.yaml", "female: [true]", r"given_names\.yaml: female: must list words, not bool True"),
        ("verbs.yaml", "- picket", r"verbs\.yaml: must be a mapping with some of .*opposes"),
    ],
)  # fmt: skip
def test_faults_say_where_and_what_is_allowed(tmp_path: Path, file: str, text: str, message: str) -> None:
    """A fault names the file with its folder, the entry or line, the field and what may stand there."""
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"(?s)" + message) as caught:
        check_lexicon((tmp_path,))
    assert caught.value.file.startswith(str(tmp_path))


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there, or holds nothing, is refused by name."""
    with pytest.raises(LexiconError, match="nowhere: there is no such folder"):
        check_lexicon((tmp_path / "nowhere",))
    with pytest.raises(LexiconError, match=r"has no file of a lexicon; those that are: actors\.yaml"):
        check_lexicon((tmp_path,))


def test_later_folders_come_first(tmp_path: Path) -> None:
    """Of two folders the later one has the last word on a verb and its target."""
    for name, how in (("one", "coerces"), ("two", "protests")):
        (tmp_path / name).mkdir()
        text = f"opposes:\n  verbs:\n    - {{how: {how}, target: object, verbs: [picket]}}\n"
        (tmp_path / name / "verbs.yaml").write_text(text, encoding="utf-8")
    rules: dict[str, Any] = read_rules(
        (get_lexicon().folders[0], tmp_path / "one", tmp_path / "two"), "verbs"
    )
    assert [row["how"] for row in rules["opposes"]["verbs"][:2]] == ["protests", "coerces"]


def test_given_names_tell_he_from_she(tmp_path: Path) -> None:
    """A folder's given names and words are known, and one that the product puts on the other side changes sides."""
    (tmp_path / "given_names.yaml").write_text(
        "female: [Dilnoza]\nmale: [Alexandra]\nfemale_words: [docker]\n", encoding="utf-8"
    )
    with use_lexicon(check_lexicon((tmp_path,))):
        assert [guess_gender([name]) for name in ("Dilnoza Karimova", "Alexandra Petrov", "Maria Rossi")] == [
            "female",
            "male",
            "female",
        ]
    assert [guess_gender([name]) for name in ("Dilnoza Karimova", "Alexandra Petrov")] == [None, "female"]


def test_settings_split_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    """`ACTORGRAPH_LEXICON` lists folders as PATH does."""
    monkeypatch.setenv("ACTORGRAPH_LEXICON", "/one:/other")
    assert Settings().lexicon == (Path("/one"), Path("/other"))


def test_commands_take_the_folder(port: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`extract --lexicon` reads with the folder, and so does the environment's."""
    text = tmp_path / "a.txt"
    text.write_text("Tidewater locked out the HWU.", encoding="utf-8")
    shown = CliRunner().invoke(app, ["extract", str(text), "--lexicon", str(port), "--json"])
    assert RELATION in shown.output
    monkeypatch.setenv("ACTORGRAPH_LEXICON", str(port))
    assert RELATION in CliRunner().invoke(app, ["extract", str(text), "--json"]).output


def test_a_fault_ends_the_command_in_one_line(tmp_path: Path) -> None:
    """Before anything slow is done, the command says which file is at fault."""
    (tmp_path / "actors.yaml").write_text("- {id: a, name: A, type: gang}", encoding="utf-8")
    shown = CliRunner().invoke(app, ["ingest", str(tmp_path), "--lexicon", str(tmp_path)])
    assert shown.exit_code == 1
    assert "'gang' is none of armed-group" in shown.stderr
    assert shown.stderr.count("\n") == 1


def test_doctor_says_which_folders(port: Path, tmp_path: Path) -> None:
    """`doctor` names the folders in use."""
    database = f"sqlite:///{tmp_path}/a.db"
    shown = CliRunner().invoke(app, ["doctor", "--lexicon", str(port), "--database", database])
    assert f"with {port} laid over" in shown.output
