"""What unknown names are, by what stands around them."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument


@pytest.mark.parametrize(
    ("text", "name", "entity_type"),
    [
        ("Harlowe's Riverside Movement criticised the deal.", "Harlowe", "person"),
        ("Ararat Danielyan flew to Tbilisi.", "Ararat Danielyan", "person"),
        ("The 21st Veldt Rifles Brigade left Lublin.", "21st Veldt Rifles Brigade", "security-force"),
        ("The 12th Division left its barracks.", "12th Division", "security-force"),
        ("Carla de Lima chairs the committee.", "Carla de Lima", "person"),
        ("The speaker of the National Assembly Pavel Orlov opened the session.", "Pavel Orlov", "person"),
        ("The CORNAIE marched on the palace on Monday.", "CORNAIE", "organization"),
        ("Tadeusz Wolinski's Bhumjaithai quit the coalition.", "Bhumjaithai", "party"),
        ("They met Lelo's Mamuka Wolinski, who had come with pizza.", "Lelo", "party"),
        ("Tadeusz Wolinski, president of the three-man Presidential Council, spoke.", "Presidential Council", "government-body"),
        ("Fighters of Ansar al-Nahr shelled the road.", "Ansar al-Nahr", "armed-group"),
        ("Gunmen of Los Zorros shelled the road.", "Los Zorros", "armed-group"),
        ("A QLM lawmaker slammed the deal.", "QLM", "party"),
        ("Unity Ahead, whose nine deputies left the chamber, wants a vote.", "Unity Ahead", "party"),
        ("Omar Haddad, the chief of Banjo Rouge, spoke.", "Banjo Rouge", "organization"),
        ("Congressman Omar Haddad (Akbayan) voted against it.", "Akbayan", "party"),
        ("Gagik Melkonyan, an MP from Yerevan, spoke.", "Gagik Melkonyan", "person"),
        ("Ana Ruiz, an Emery employee, saw it.", "Emery", "organization"),
        ("Wolinski fighters shelled the road.", "Wolinski", "armed-group"),
        ("Tina Bokuchava met the leader of Strong Georgia.", "Strong Georgia", "party"),
        ("Troops retook Bossangoa on Monday.", "Bossangoa", "place"),
        ("The leader fled to his village, Tamurish.", "Tamurish", "place"),
        ("There were 200 observers at Gori, Zugdidi and Mtskheta.", "Mtskheta", "place"),
        ("Zawiyeh's refinery was hit by rockets.", "Zawiyeh", "place"),
        ("Harlan councillor Bobby McFee proposed a silence for the men.", "Harlan", "place"),
        ("The gangs would march on Montrouis within days.", "Montrouis", "place"),
        ("Gunmen were driven out of Belair by the army.", "Belair", "place"),
        ("The army has reinforced Mesilla since.", "Mesilla", "place"),
        ("The army has reinforced La Cumbra since.", "La Cumbra", "place"),
        ("He was held in Mbokolo jail for a year.", "Mbokolo", "place"),
        ("He won in the constituency of Shaunavon.", "Shaunavon", "place"),
        ("New Dawn Movement beat Milo Petrovic's Democratic Party of Farmers.", "New Dawn Movement", "party"),
        ("Dario Vega, leader of the Union for the Tibesti Nation, spoke.", "Union for the Tibesti Nation", "party"),
        ("The Christian Democratic Appeal lost ground.", "Christian Democratic Appeal", "party"),
        ("The Partido Verde lost ground in Sonora.", "Partido Verde", "party"),
        ("Pangu Pati lost ground.", "Pangu Pati", "party"),
        ("The Ulster Defence Association fought the Red Glen Commando.", "Red Glen Commando", "armed-group"),
        ("Moscow liked Adgur Tarbin, whom it had once jailed.", "Adgur Tarbin", "person"),
        ("Parliament met Norvald's coalition.", "Norvald", "person"),
        ("Woollcott joined the Conservative Party.", "Woollcott", "person"),
        ("The State Committee for National Security raided it.", "State Committee for National Security", "security-force"),
    ],
)  # fmt: skip
def test_type_is_told_by_the_sentence(pipeline: Pipeline, text: str, name: str, entity_type: str) -> None:
    """Where the recogniser guesses, owners, leaders, lists and offices say what a name is."""
    found = {mention.text: mention.type for mention in pipeline.extract(RawDocument(text)).mentions}
    assert found.get(name) == entity_type


@pytest.mark.parametrize(
    ("text", "name", "entity_type"),
    [
        ("Apple's Beats was sold.", "Apple", "organization"),
        ("Hassan Rouhani met the wife of Omar Haddad.", "Omar Haddad", "person"),
        ("The leader of Omar Haddad's party spoke.", "Omar Haddad", "person"),
        ("In the capital, Tadeusz Wolinski spoke.", "Tadeusz Wolinski", "person"),
        ("The Christian Workers' Union lost ground.", "Christian Workers' Union", "organization"),
        ("The Democratic Liberation Movement lost ground.", "Democratic Liberation Movement", "organization"),
        ("Codexco announced a new mine in Chile.", "Codexco", "organization"),
        ("Tadeusz Wolinski and the Unity Party quit.", "Tadeusz Wolinski", "person"),
    ],
)
def test_type_stays_where_nothing_tells(pipeline: Pipeline, text: str, name: str, entity_type: str) -> None:
    """What only looks like such a phrase changes nothing."""
    found = {mention.text: mention.type for mention in pipeline.extract(RawDocument(text)).mentions}
    assert found.get(name) == entity_type
