"""The tables as SQLAlchemy Core sees them, so that bulk work never builds ORM objects."""

from sqlmodel import SQLModel

import graph.models  # noqa: F401 (defines the tables)

_TABLES = SQLModel.metadata.tables

ENTITY = _TABLES["entity"]
ALIAS = _TABLES["alias"]
FORMER_FACTS = _TABLES["former_facts"]
BLOCKING_KEY = _TABLES["blocking_key"]
DOCUMENT = _TABLES["document"]
COPY_LINK = _TABLES["copy_link"]
STORY_BAND = _TABLES["story_band"]
MENTION = _TABLES["mention"]
CLAIM = _TABLES["claim"]
GAZETTEER_RELATION = _TABLES["gazetteer_relation"]
JUDGEMENT = _TABLES["judgement"]
API_KEY = _TABLES["api_key"]
GRAPH_STATE = _TABLES["graph_state"]
GRAPH_CHANGE = _TABLES["graph_change"]
