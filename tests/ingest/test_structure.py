"""Who leads whom, who belongs to what, and what is where."""

import pytest

from ingest.pipeline import Pipeline
from ingest.structure import find_structure
from ingest.types import RawDocument

# (sentence, "source kind/how target" for each relation that must be found)
COMMANDS = [
    ("Jan Roos, a former leader of the Reform Party, spoke.", "Jan Roos commands/leads Reform Party"),
    ("Iran's Quds Force Commander Qasem Soleimani flew out.", "Qasem Soleimani commands/leads Quds Force"),
    ("Qasem Soleimani, the commander of the Quds Force, flew out.", "Qasem Soleimani commands/leads Quds Force"),
    ("Qasem Soleimani is the commander of the Quds Force.", "Qasem Soleimani commands/leads Quds Force"),
    ("Quds Force chief Qasem Soleimani flew out.", "Qasem Soleimani commands/leads Quds Force"),
    ("The commander of the Quds Force, Qasem Soleimani, flew out.", "Qasem Soleimani commands/leads Quds Force"),
    ("Qasem Soleimani, who commands the Quds Force, flew out.", "Qasem Soleimani commands/leads Quds Force"),
    ("Qasem Soleimani leads the Quds Force.", "Qasem Soleimani commands/leads Quds Force"),
    ("The Quds Force is commanded by Qasem Soleimani.", "Qasem Soleimani commands/leads Quds Force"),
    ("The Quds Force, led by Qasem Soleimani, moved in.", "Qasem Soleimani commands/leads Quds Force"),
    ("The Quds Force is under the command of Qasem Soleimani.", "Qasem Soleimani commands/leads Quds Force"),
    ("The Quds Force operates under Qasem Soleimani.", "Qasem Soleimani commands/leads Quds Force"),
    ("Hassan Nasrallah serves as leader of Hezbollah.", "Hassan Nasrallah commands/leads Hezbollah"),
    ("Hezbollah leader Hassan Nasrallah spoke.", "Hassan Nasrallah commands/leads Hezbollah"),
    ("Hezbollah's leader, Hassan Nasrallah, spoke.", "Hassan Nasrallah commands/leads Hezbollah"),
    ("Hassan Nasrallah, head of Hezbollah, spoke.", "Hassan Nasrallah commands/leads Hezbollah"),
    ("Hassan Nasrallah heads Hezbollah and met Bashar al-Assad.", "Hassan Nasrallah commands/leads Hezbollah"),
    ("Hassan Nasrallah became the leader of Hezbollah in 1992.", "Hassan Nasrallah commands/leads Hezbollah"),
    ("Iraqi Prime Minister Nouri al-Maliki spoke.", "Nouri al-Maliki commands/heads-government Iraq"),
    ("Nouri al-Maliki, prime minister of Iraq, spoke.", "Nouri al-Maliki commands/heads-government Iraq"),
    ("Iraq's prime minister, Nouri al-Maliki, spoke.", "Nouri al-Maliki commands/heads-government Iraq"),
    ("Syrian President Bashar al-Assad spoke.", "Bashar al-Assad commands/heads-state Syria"),
    ("President Bashar al-Assad of Syria spoke.", "Bashar al-Assad commands/heads-state Syria"),
    ("President Hassan Rouhani said Iran would wait.", "Hassan Rouhani commands/heads-state Iran"),
    ("Iran deployed two units of the Quds Force to Iraq.", "Iran commands/deploys Quds Force"),
    ("Iran deployed the Quds Force to Iraq.", "Iran commands/deploys Quds Force"),
    ("The Quds Force was sent to Baghdad by Iran.", "Iran commands/deploys Quds Force"),
    ("Nouri al-Maliki ordered the Iraqi army to retreat.", "Nouri al-Maliki commands/controls Iraqi army"),
    ("Hezbollah, whose leader is Hassan Nasrallah, spoke.", "Hassan Nasrallah commands/leads Hezbollah"),
    ("The Riverside Front, a remnant of Hezbollah whose chief is Omar Haddad, spoke.", "Omar Haddad commands/leads Riverside Front"),
    ("The Houthis fled. Their commander, Abdul Karim Saleh, was hurt.", "Abdul Karim Saleh commands/leads Their"),
    ("Ban Ki-moon, the secretary-general of the United Nations, spoke.", "Ban Ki-moon commands/leads United Nations"),
    ("The town was held by the Iraqi special forces under Col. Omar Haddad.", "Omar Haddad commands/leads Iraqi special forces"),
    ("Mutharika's Malawi expelled the envoy.", "Mutharika commands/leads Malawi"),
    ("Najib Mikati met Frangieh and his Marada Movement.", "his commands/leads Marada Movement"),
    ("Hezbollah and its chief executive, Elena Marquez, spoke.", "Elena Marquez commands/leads its"),
    ("Hassan Rouhani appointed Ali Shamkhani.", "Hassan Rouhani commands/appoints Ali Shamkhani"),
    ("King Abdullah II of Jordan flew out.", "King Abdullah II of Jordan commands/heads-state Jordan"),
    ("Colonel Assimi Goita seized power in Mali in 2020.", "Assimi Goita commands/heads-state Mali"),
    ("Idriss Deby came to power in Chad in 1990.", "Idriss Deby commands/heads-state Chad"),
    ("The 2nd Division, under General Marta Silva, took Pemba.", "Marta Silva commands/leads 2nd Division"),
    ("Gov. Omar Haddad of Diyala spoke.", "Omar Haddad commands/leads Diyala"),
    ("Omar Haddad, the governor of Diyala, spoke.", "Omar Haddad commands/leads Diyala"),
    ("Omar Haddad became first minister of Scotland.", "Omar Haddad commands/heads-government Scotland"),
    ("Omar Haddad, the head of Chechnya, spoke.", "Omar Haddad commands/leads Chechnya"),
    ("Omar Haddad, the patriarch of the Coptic Orthodox Church, spoke.", "Omar Haddad commands/leads Coptic Orthodox Church"),
    ("Omar Haddad, whose Riverside Front lost, spoke.", "Omar Haddad commands/leads Riverside Front"),
    ("Omar Haddad fought for his own Riverside Front.", "his commands/leads Riverside Front"),
    ("Omar Haddad's outlawed Riverside Front fled.", "Omar Haddad commands/leads Riverside Front"),
    ("Omar Haddad's House of Representatives met.", "Omar Haddad commands/leads House of Representatives"),
    ("Hezbollah's co-chairs, Omar Haddad and Ana Ruiz, met Bashar al-Assad.", "Ana Ruiz commands/leads Hezbollah"),
    ("Ana Ruiz co-leads Hezbollah with Omar Haddad.", "Ana Ruiz commands/leads Hezbollah"),
    ("The court dissolved Hezbollah and jailed its leader, Omar Haddad.", "Omar Haddad commands/leads its"),
    ("Ana Ruiz, a member of the Reform Party once led by Omar Haddad, spoke.", "Omar Haddad commands/leads Reform Party"),
    ("Iran dismissed Ana Ruiz and named Omar Haddad in her place.", "Iran commands/appoints Omar Haddad"),
    ("Ana Ruiz handed the Reform Party to Omar Haddad.", "Omar Haddad commands/leads Reform Party"),
    ("Ana Ruiz gave up the leadership of the Reform Party to Omar Haddad.", "Omar Haddad commands/leads Reform Party"),
    ("Ana Ruiz resigned as leader of the Reform Party and was replaced by Omar Haddad.", "Omar Haddad commands/leads Reform Party"),
    ("Hezbollah, with Omar Haddad at its head, agreed.", "Omar Haddad commands/leads its"),
    ("Hassan Rouhani appointed Omar Haddad foreign minister.", "Hassan Rouhani commands/appoints Omar Haddad"),
    ("Uzbekistan under Islam Karimov closed its border.", "Islam Karimov commands/heads-state Uzbekistan"),
]  # fmt: skip

MEMBERS = [
    ("Ali Larijani, a member of the Iranian parliament, spoke.", "Ali Larijani member-of/belongs-to Iranian parliament"),
    ("Ali Larijani joined Hezbollah.", "Ali Larijani member-of/belongs-to Hezbollah"),
    ("Ali Larijani belongs to Hezbollah.", "Ali Larijani member-of/belongs-to Hezbollah"),
    ("Ali Larijani works for Reuters.", "Ali Larijani member-of/belongs-to Reuters"),
    ("Hezbollah member Ali Larijani spoke.", "Ali Larijani member-of/belongs-to Hezbollah"),
    ("Ali Larijani of Hezbollah spoke.", "Ali Larijani member-of/belongs-to Hezbollah"),
    ("Hezbollah spokesman Ali Larijani spoke.", "Ali Larijani member-of/speaks-for Hezbollah"),
    ("Ali Larijani, a spokesman for Hezbollah, spoke.", "Ali Larijani member-of/speaks-for Hezbollah"),
    ("Iran's ambassador Ali Larijani spoke.", "Ali Larijani member-of/represents Iran"),
    ("Iranian Foreign Minister Javad Zarif spoke.", "Javad Zarif member-of/belongs-to Iran"),
    ("Javad Zarif was elected to the Senate.", "Javad Zarif member-of/belongs-to Senate"),
    ("The Amal Movement and Hezbollah, a breakaway faction of the Dawa Party, met.", "Hezbollah member-of/splinter-of Dawa Party"),
    ("Tyre sent men to help in the war on Hezbollah, a breakaway faction of the Dawa Party.", "Hezbollah member-of/splinter-of Dawa Party"),
    ("Hezbollah split from the Amal Movement.", "Hezbollah member-of/splinter-of Amal Movement"),
    ("The Quds Force is a branch of the Revolutionary Guards.", "Quds Force member-of/branch-of Revolutionary Guards"),
    ("The Quds Force, the overseas arm of the Revolutionary Guards, moved.", "Quds Force member-of/branch-of Revolutionary Guards"),
    ("The Quds Force is part of the Revolutionary Guards.", "Quds Force member-of/part-of Revolutionary Guards"),
    ("The Nusra Front is an offshoot of al-Qaeda.", "Nusra Front member-of/splinter-of al-Qaeda"),
    ("Iran's Quds Force moved.", "Quds Force member-of/part-of Iran"),
    ("The Sahel Alliance, of which Niger is a member, met.", "Niger member-of/belongs-to Sahel Alliance"),
    ("NATO, to which Turkey and Greece belong, met.", "Greece member-of/belongs-to NATO"),
    ("Ali Larijani, a Hezbollah commander, spoke.", "Ali Larijani member-of/belongs-to Hezbollah"),
    ("Ana Gomes, a department director in the Iranian Foreign Ministry, spoke.", "Ana Gomes member-of/belongs-to Iranian Foreign Ministry"),
    ("Merkel's party, the CDU, lost.", "Merkel member-of/belongs-to CDU"),
    ("GERB, the party of former prime minister Boyko Borissov, lost.", "Boyko Borissov member-of/belongs-to GERB"),
    ("Ali al-Sistani's representative, Abdul Karim Saleh, spoke.", "Abdul Karim Saleh member-of/represents Ali al-Sistani"),
    ("Kofi Mensah, Ghana's ambassador to the United Nations, spoke.", "Kofi Mensah member-of/represents Ghana"),
    ("The Riverside Front, a remnant of Hezbollah, spoke.", "Riverside Front member-of/splinter-of Hezbollah"),
    ("Turkey is a member of NATO.", "Turkey member-of/belongs-to NATO"),
    ("Ali Larijani, an economist with Reuters, spoke.", "Ali Larijani member-of/belongs-to Reuters"),
    ("Ali Larijani resigned from Hezbollah.", "Ali Larijani member-of/belongs-to Hezbollah"),
    ("Ali Larijani was expelled from Hezbollah.", "Ali Larijani member-of/belongs-to Hezbollah"),
    ("Former Hezbollah member Ali Larijani spoke.", "Ali Larijani member-of/belongs-to Hezbollah"),
    ("Ali Larijani was never in Hezbollah.", "Ali Larijani member-of/belongs-to Hezbollah"),
    ("Hassan Rouhani told his Iraqi counterpart, Omar Haddad, to wait.", "Omar Haddad member-of/belongs-to Iraq"),
    ("Ana Ruiz, the United Nations special rapporteur, spoke.", "Ana Ruiz member-of/represents United Nations"),
    ("Fidesz, Orban's party, lost.", "Orban member-of/belongs-to Fidesz"),
    ("Omar Haddad split from Hezbollah.", "Omar Haddad member-of/belongs-to Hezbollah"),
    ("Ana Ruiz and Omar Haddad, a member of Hezbollah, spoke.", "Omar Haddad member-of/belongs-to Hezbollah"),
    ("The Riverside Front, a Hezbollah dissident group, fled.", "Riverside Front member-of/splinter-of Hezbollah"),
    ("UNMIN, a United Nations mission, left.", "UNMIN member-of/part-of United Nations"),
    ("The Riverside Front, a Hezbollah splinter group, fled.", "Riverside Front member-of/splinter-of Hezbollah"),
    ("A bomber of the Riverside Front, a Hezbollah splinter group, fled.", "Riverside Front member-of/splinter-of Hezbollah"),
    ("The Riverside Front, an alliance of Hezbollah, the Amal Movement and the Dawa Party, won.", "Dawa Party member-of/part-of Riverside Front"),
    ("The Riverside Council is an umbrella group for Hezbollah and the Amal Movement (AM).", "Amal Movement member-of/part-of Riverside Council"),
]  # fmt: skip

PLACES = [
    ("Fighting began in Karbala, Iraq.", "Karbala located-in/part-of-place Iraq"),
    ("Fighting began in the Iraqi city of Mosul.", "Mosul located-in/part-of-place Iraq"),
    ("Fighting began in Iran's holy city of Qom.", "Qom located-in/part-of-place Iran"),
    ("They fled the Iraqi provinces of Anbar and Diyala.", "Diyala located-in/part-of-place Iraq"),
    ("Fighting began in Mosul, a city in northern Iraq.", "Mosul located-in/part-of-place Iraq"),
    ("Fighting began in Mosul, Iraq's second-largest city.", "Mosul located-in/part-of-place Iraq"),
    ("Fighting began in Mosul in northern Iraq.", "Mosul located-in/part-of-place Iraq"),
    ("Mosul is a city in Iraq.", "Mosul located-in/part-of-place Iraq"),
    ("Lebanon's capital, Beirut, was quiet.", "Beirut located-in/part-of-place Lebanon"),
    ("Hamas is based in Gaza.", "Hamas located-in/based-in Gaza"),
    ("Hamas, which has been based in Damascus, left.", "Hamas located-in/based-in Damascus"),
    ("Doha-based Hamas spoke.", "Hamas located-in/based-in Doha"),
    ("Hamas is headquartered in Gaza.", "Hamas located-in/based-in Gaza"),
    ("Khaled Meshaal lives in Doha.", "Khaled Meshaal located-in/based-in Doha"),
    ("Khaled Meshaal was jailed in Damascus.", "Khaled Meshaal located-in/None Damascus"),
    ("Khaled Meshaal visited Tehran.", "Khaled Meshaal located-in/visits Tehran"),
    ("Khaled Meshaal arrived in Cairo.", "Khaled Meshaal located-in/visits Cairo"),
    ("Khaled Meshaal travelled to Cairo.", "Khaled Meshaal located-in/visits Cairo"),
    ("ISIS seized Mosul.", "ISIS located-in/controls-territory Mosul"),
    ("Mosul was captured by ISIS.", "ISIS located-in/controls-territory Mosul"),
    ("ISIS overran Mosul and Tikrit.", "ISIS located-in/controls-territory Tikrit"),
    ("ISIS took control of Mosul.", "ISIS located-in/controls-territory Mosul"),
    ("ISIS, which controls Mosul, moved on.", "ISIS located-in/controls-territory Mosul"),
    ("ISIS attacked Samarra.", "ISIS located-in/operates-in Samarra"),
    ("ISIS killed soldiers in Samarra.", "ISIS located-in/operates-in Samarra"),
    ("ISIS operates in Syria.", "ISIS located-in/operates-in Syria"),
    ("ISIS fighters marched toward Baghdad.", "ISIS located-in/operates-in Baghdad"),
    ("The Quds Force was deployed to Baghdad.", "Quds Force located-in/deployed-to Baghdad"),
    ("The Quds Force was tasked with protecting Baghdad and Karbala.", "Quds Force located-in/operates-in Karbala"),
    ("Fighters of Hezbollah were assigned to guard Damascus.", "Hezbollah located-in/operates-in Damascus"),
    ("Two units of the Quds Force were sent to protect the cities of Karbala and Najaf.", "Quds Force located-in/deployed-to Najaf"),
    ("Two battalions of the Quds Force crossed over. One of them was ordered to guard Najaf.", "Quds Force located-in/operates-in Najaf"),
    ("Iran praised the Revolutionary Guards. Two Guards' units were tasked with protecting Karbala.", "Guards located-in/operates-in Karbala"),
    ("Hezbollah ordered a brigade to hold Qusayr.", "Hezbollah located-in/operates-in Qusayr"),
    ("Russia sent two battalions of the Wagner Group to retake Palmyra.", "Wagner Group located-in/deployed-to Palmyra"),
    ("The Quds Force entered Baghdad.", "Quds Force located-in/deployed-to Baghdad"),
    ("Iran sent troops to Iraq.", "Iran located-in/deployed-to Iraq"),
    ("Hezbollah withdrew from Syria.", "Hezbollah located-in/operates-in Syria"),
    ("Rosa Tintaya, a native of Lima, spoke.", "Rosa Tintaya located-in/based-in Lima"),
    ("Omar Farouk, a Mombasa businessman, was arrested.", "Omar Farouk located-in/based-in Mombasa"),
    ("The Kenyan activist Boniface Mwangi spoke.", "Boniface Mwangi located-in/based-in Kenya"),
    ("In Addis Ababa, Moussa Faki warned of famine.", "Moussa Faki located-in/visits Addis Ababa"),
    ("Moussa Faki warned Sudan in Addis Ababa.", "Moussa Faki located-in/visits Addis Ababa"),
    ("The University of Sarajevo closed.", "University of Sarajevo located-in/based-in Sarajevo"),
    ("The Supreme Court, which sits in Brasilia, spoke.", "Supreme Court located-in/based-in Brasilia"),
    ("Tikrit fell to ISIS.", "ISIS located-in/controls-territory Tikrit"),
    ("Khalifa Haftar captured Derna.", "Khalifa Haftar located-in/controls-territory Derna"),
    ("Helen Brandt of Bethany, Conn., spoke.", "Bethany located-in/part-of-place Conn."),
    ("Hezbollah, a Lebanese group, spoke.", "Hezbollah located-in/based-in Lebanon"),
    ("Hezbollah is a Lebanese group.", "Hezbollah located-in/based-in Lebanon"),
    ("The Lebanese group Hezbollah spoke.", "Hezbollah located-in/based-in Lebanon"),
    ("Amnesty International's headquarters in London was closed.", "Amnesty International located-in/based-in London"),
    ("He met envoys at the NATO office in Sarajevo.", "NATO located-in/operates-in Sarajevo"),
    ("The headquarters of NATO in Brussels was evacuated.", "NATO located-in/based-in Brussels"),
    ("Ana Ruiz went to Kestrel Foods headquarters in nearby Fairview, Ohio.", "Kestrel Foods located-in/based-in Fairview"),
    ("Ana Ruiz went to Kestrel Foods headquarters in nearby Fairview, Ohio.", "Kestrel Foods located-in/based-in Ohio"),
    ("Ana Ruiz spoke at Kestrel Foods headquarters in Dayton.", "Kestrel Foods located-in/based-in Dayton"),
    ("NATO sent soldiers to Kosovo.", "NATO located-in/deployed-to Kosovo"),
    ("Iran has 3,000 troops in Syria.", "Iran located-in/deployed-to Syria"),
    ("Mosul was sealed off by the Iraqi army.", "Iraqi army located-in/operates-in Mosul"),
    ("Omar Haddad commands Hezbollah from Beirut.", "Omar Haddad located-in/based-in Beirut"),
    ("Hassan Rouhani received Omar Haddad in Tehran.", "Omar Haddad located-in/visits Tehran"),
    ("Omar Haddad, the mayor of Mosul, spoke.", "Omar Haddad located-in/based-in Mosul"),
    ("MINUSCA, the United Nations mission in Mali, left.", "MINUSCA located-in/operates-in Mali"),
    ("Clashes went on in the Lazaro Viejo area of Chiapas State.", "Lazaro Viejo located-in/part-of-place Chiapas State"),
]  # fmt: skip

NOT_THERE = [
    ("The Mexican Oil Workers Union called a strike.", "located-in"),
    ("Kestrel Foods moved its headquarters in May.", "located-in"),
    ("The Nepali Congress left the cabinet.", "located-in"),
    ("The Afghan Taliban deny it, Kabul said.", "located-in"),
    ("President Ana Ruiz ruled out any American troops.", "commands"),
    ("Ana Ruiz has become the best-known critic of the Reform Party.", "member-of"),
    ("Voters lost confidence in Omar Haddad of Lebanon.", "located-in"),
    ("The governor seized the power station in Mali.", "commands"),
    ("Omar Haddad, the deputy governor of Diyala, spoke.", "commands"),
    ("Omar Haddad's Senate seat was lost.", "commands"),
    ("Omar Haddad's New York was quiet.", "commands"),
    ("Ana Ruiz gave the Reform Party money and passed a note to Omar Haddad.", "commands"),
    ("Hezbollah rejected an alliance with the Amal Movement.", "member-of"),
    ("MINUSCA, the mission in Mali, left.", "member-of"),
    ("Omar Haddad moved cattle to Isfahan.", "located-in"),
    ("Officials in Mosul under Omar Haddad's eyes fled.", "commands"),
    ("Iran, Iraq and Syria signed the deal.", "located-in"),
    ("Baghdad, Mosul and Tikrit were quiet.", "located-in"),
    ("Hassan Rouhani met the leader of Hezbollah.", "commands"),
    ("Iranian officials met the Iraqi prime minister.", "commands"),
    ("The Saudi-backed fighters of Hezbollah fled.", "located-in"),
    ("Hezbollah criticized Iraq.", "located-in"),
    ("In Turkey Prime Minister Nouri al-Maliki spoke.", "commands"),
    ("Karbala, the city that pilgrims hold most sacred after Mecca, was quiet.", "located-in"),
    ("Fighting began in Tal Afar, a town west of Mosul.", "located-in"),
    ("Fighting began in Fallujah and parts of Anbar.", "located-in"),
    ("According to Riyadh, Iran and Syria lied.", "located-in"),
    ("Nouri al-Maliki, an Iran expert, spoke.", "member-of"),
    ("Kenya's army crossed the river.", "member-of"),
    ("Kofi Mensah, Ghana's ambassador to the United Nations, spoke.", "located-in"),
    ("Ana Gomes, a department director in the Iranian Foreign Ministry, spoke.", "commands"),
    ("The Islamic Jihad and its Hezbollah allies fled.", "member-of"),
    ("Floods hit Gedo, Bay and Bakool regions.", "located-in"),
    ("Fighting resumed in Karabakh, Armenia said.", "located-in"),
    ("According to Mahmoud Abbas, the leader of Hamas fled.", "commands"),
    ("Hezbollah under Hassan Nasrallah's eyes fled.", "commands"),
    ("Pavel Sheremet was seized by Iranian border guards.", "located-in"),
    ("Hassan Rouhani said the attack in Isfahan killed ten.", "located-in"),
    ("In Karabakh, Armenia and its allies fled.", "located-in"),
    ("Weeks after the army overran Goma, Uganda and its allies spoke.", "located-in"),
    ("American Express praised Lebanon.", "located-in"),
    ("Khaled Meshaal sent a letter to Uganda.", "located-in"),
    ("Hezbollah sent a message to Turkey.", "located-in"),
    ("Iran could accept a successor to Nouri al-Maliki, a senior Iranian official told the agency.", "member-of"),
]  # fmt: skip


def _find(pipeline: Pipeline, text: str) -> list[str]:
    document = RawDocument(text)
    blocks, extraction = pipeline.parse(document), pipeline.extract(document)
    mentions, actors = extraction.mentions, extraction.actors

    def name(index: int) -> str:
        mention = mentions[index]
        return actors[mention.actor].name if mention.type == "country" else mention.text

    return [
        f"{name(f.source)} {f.kind}/{f.how} {name(f.target)}"
        for f in find_structure(blocks, mentions, actors)
    ]


@pytest.mark.parametrize(("text", "expected"), [*COMMANDS, *MEMBERS, *PLACES])
def test_relation(pipeline: Pipeline, text: str, expected: str) -> None:
    """A command, membership or location is found however the sentence is built."""
    assert expected in _find(pipeline, text)


@pytest.mark.parametrize(("text", "kind"), NOT_THERE)
def test_no_relation(pipeline: Pipeline, text: str, kind: str) -> None:
    """Names that stand side by side are not thereby related."""
    assert not [found for found in _find(pipeline, text) if f" {kind}/" in found]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Former Hezbollah leader Subhi al-Tufayli spoke.", "past"),
        ("Alleged Hezbollah member Ali Larijani spoke.", "alleged"),
        ("Hezbollah leader Hassan Nasrallah spoke.", None),
        ("Hezbollah withdrew from Syria.", "past"),
        ("ISIS advanced toward Baghdad.", "possible"),
        ("ISIS was ordered to retake Mosul.", "possible"),
        ("ISIS was ordered to guard Mosul.", None),
    ],
)
def test_rule_knows_modality(pipeline: Pipeline, text: str, modality: str | None) -> None:
    """What stands beside a title, or what a verb means by itself, goes with the finding."""
    document = RawDocument(text)
    blocks, extraction = pipeline.parse(document), pipeline.extract(document)
    found = find_structure(blocks, extraction.mentions, extraction.actors)
    assert [finding.modality for finding in found] == [modality]


def test_clause_is_about_one_of_a_list(pipeline: Pipeline) -> None:
    """Who leads the first of a list does not lead the others."""
    text = "Iran trained the Badr Organization, which is led by Hadi al-Amiri; Kata'ib Hezbollah; and Asa'ib Ahl al-Haq."
    led = [found for found in _find(pipeline, text) if " commands/" in found]
    assert led == ["Hadi al-Amiri commands/leads Badr Organization"]
