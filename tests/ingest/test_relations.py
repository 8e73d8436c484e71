"""Who supports and who opposes whom, sentence by sentence.

Each line is a sentence and what must be found in it, and nothing else: `SOURCE > how > TARGET`, where a relation kind
stands for a `how` that the sentence leaves open. A line without a bar says nothing signed.
"""

import pytest

from graph.ontology import get_ontology
from ingest.mentions import find_mentions
from ingest.pipeline import Pipeline
from ingest.relations import PRECISION, find_relations
from ingest.types import Finding, Mention, RawDocument

# SUBJECT verb OBJECT.
ACTIVE = """
France condemned Russia. | France > criticizes > Russia
Russia blamed Ukraine for the attack on the Wagner Group. | Russia > accuses > Ukraine; Ukraine > attacks > Wagner Group
Kenya gave asylum to Omar Lind, a cleric, and Peru broke off relations with Chad. | Kenya > shelters > Omar Lind; Peru > rejects > Chad
Kenya gave asylum to Omar Lind, a cleric, and South Sudan broke off relations with Chad. | Kenya > shelters > Omar Lind; South Sudan > rejects > Chad
Egypt backs Sudan. | Egypt > supports > Sudan
Hezbollah shelled Israel on Tuesday. | Hezbollah > attacks > Israel
Canada accused India of meddling. | Canada > accuses > India
Norway funds Palestine. | Norway > funds > Palestine
Boko Haram ambushed the Nigerian army. | Boko Haram > attacks > Nigerian army
Beijing sanctioned Lockheed Martin. | Beijing > sanctions > Lockheed Martin
Uganda trained the Somali army. | Uganda > trains > Somali army
Cuba sheltered the ELN. | Cuba > shelters > ELN
Turkey invaded Syria. | Turkey > attacks > Syria
Poland expelled Belarus from the talks. | Poland > coerces > Belarus
Serbia thanked Hungary. | Serbia > supports > Hungary
Algeria boycotted Morocco. | Algeria > rejects > Morocco
The Houthis threatened Saudi Arabia. | Houthis > threatens > Saudi Arabia
Germany armed the Peshmerga. | Germany > arms > Peshmerga
"""

# The by-phrase acts; without one nobody does.
PASSIVE = """
Iran was condemned by Canada. | Canada > criticizes > Iran
Hamas was bombed by Israel. | Israel > attacks > Hamas
Georgia was praised and supported by Estonia. | Estonia > endorses > Georgia
Hamas was bombed on Friday.
Armenia has been abandoned by Russia. | Russia > rejects > Armenia
Qatar is being punished by Bahrain and Egypt. | Bahrain > sanctions > Qatar; Egypt > sanctions > Qatar
Nicolas Maduro was ousted from his post by Venezuela. | Venezuela > coerces > Nicolas Maduro
"""

# Each side may be several.
COORDINATION = """
Iran and Syria denounced Israel. | Iran > criticizes > Israel; Syria > criticizes > Israel
Israel bombed Hezbollah and Hamas. | Israel > attacks > Hezbollah; Israel > attacks > Hamas
Turkey recalled its envoy and condemned Sweden. | Turkey > criticizes > Sweden
Sudan and Ethiopia clashed. | Sudan > clashes-with > Ethiopia
Sudan clashed with Ethiopia. | Sudan > clashes-with > Ethiopia
France praised Kenya but condemned Uganda. | France > endorses > Kenya; France > criticizes > Uganda
Greece defended Cyprus, and Turkey threatened Greece. | Greece > supports > Cyprus; Turkey > threatens > Greece
"""

# Clauses that hang on a name.
RELATIVE = """
Hamas, which attacked Israel, signed the truce. | Hamas > attacks > Israel
Hezbollah, which Iran has financed for years, has a bloc in parliament. | Iran > funds > Hezbollah
The M23, trained by Rwanda, took the town. | Rwanda > trains > M23
Rebels backed by Chad entered the Central African Republic.
Al-Shabaab fighters attacking Kenya crossed the border. | Al-Shabaab > attacks > Kenya
The Taliban, whose fighters ambushed the Afghan army, claimed victory. | Taliban > attacks > Afghan army
"""

# The actor stands in the clause above.
CONTROL = """
Hungary blocked an EU statement criticising Georgia. | Hungary > rejects > EU; EU > criticizes > Georgia
Albania distanced itself from calls to punish Serbia.
Kenya accused Sudan of arming the Houthis, a charge that Egypt rejects. | Kenya > accuses > Sudan; Sudan > arms > Houthis
Iran vowed to fight ISIS. | Iran > attacks > ISIS
Washington urged Israel to attack Hamas. | Israel > attacks > Hamas
Turkey has gone out of its way to support Qatar. | Turkey > supports > Qatar
Britain moved to back Kosovo. | Britain > supports > Kosovo
Saudi Arabia recalled its envoy, accusing Iran of interference. | Saudi Arabia > accuses > Iran
Russia accused Georgia of arming Chechen rebels. | Russia > accuses > Georgia; Georgia > arms > Chechen rebels
Ethiopia accused Egypt of supporting the TPLF. | Ethiopia > accuses > Egypt; Egypt > supports > TPLF
Chad sent soldiers to fight Boko Haram. | Chad > attacks > Boko Haram
The Saudi envoy called on Turkey to stop funding Hamas. | Turkey > funds > Hamas; Saudi > criticizes > Turkey
After bombing Hamas, Israel closed the crossing. | Israel > attacks > Hamas
The Somali army is struggling to defeat Al-Shabaab. | Somali army > attacks > Al-Shabaab
Kenya threatened to bomb Al-Shabaab. | Kenya > threatens > Al-Shabaab
Barack Obama refused to meet Benjamin Netanyahu. | Barack Obama > rejects > Benjamin Netanyahu
The opposition urged Viktor Orban to resign.
Donald Tusk urged Viktor Orban to resign. | Donald Tusk > rejects > Viktor Orban
"""

# The object carries the relation.
LIGHT_VERB = """
Hamas gave Qatar its backing. | Hamas > endorses > Qatar
Israel launched an attack on Hezbollah. | Israel > attacks > Hezbollah
Japan imposed sanctions on Russia. | Japan > sanctions > Russia
Sanctions were imposed on Russia by Japan. | Japan > sanctions > Russia
Jordan expressed solidarity with Egypt. | Jordan > endorses > Egypt
Sweden gave weapons to Ukraine. | Sweden > arms > Ukraine
Sweden gave Ukraine weapons. | Sweden > arms > Ukraine
Brazil voiced concern over Venezuela. | Brazil > criticizes > Venezuela
Boko Haram pledged allegiance to ISIS. | Boko Haram > endorses > ISIS
Ethiopia declared war on Eritrea. | Ethiopia > attacks > Eritrea
Russia came to the aid of Syria. | Russia > aids > Syria
Al-Shabaab took up arms against Somalia. | Al-Shabaab > attacks > Somalia
Denmark cut ties with Niger. | Denmark > rejects > Niger
India severed relations with Pakistan. | India > rejects > Pakistan
Italy signed a pact with Libya. | Italy > agrees-with > Libya
Italy and Libya signed a pact. | Italy > agrees-with > Libya
The United States lifted sanctions on Sudan. | United States > agrees-with > Sudan
Norway suspended aid to Myanmar. | Norway > rejects > Myanmar
South Korea pledged $20 million in aid to Haiti. | South Korea > endorses > Haiti
Mali filed a complaint against France. | Mali > accuses > France
China issued a warning to Taiwan. | China > threatens > Taiwan
Kenya conducted joint exercises with Uganda. | Kenya > cooperates-with > Uganda
Iran and Oman held joint exercises. | Iran > cooperates-with > Oman
Peru called for sanctions against Nicaragua. | Peru > criticizes > Nicaragua
Chile granted asylum to Evo Morales. | Chile > shelters > Evo Morales
The Taliban claimed responsibility for the attack on the Afghan army. | Taliban > attacks > Afghan army
Israel carried out a wave of airstrikes on Hamas. | Israel > attacks > Hamas
"""

# A noun carries it.
NOUN = """
Iran's support for Hamas angered Israel. | Iran > supports > Hamas; Israel > opposes > Iran
Moscow rejected French criticism of Serbia. | Moscow > rejects > French; French > criticizes > Serbia
The backing of Iran for Hezbollah is old. | Iran > supports > Hezbollah
The alliance between Russia and Iran is fragile. | Russia > allied-with > Iran
Clashes between Kenya and Somalia left four dead. | Kenya > clashes-with > Somalia
Iraq's war with Iran lasted eight years. | Iraq > clashes-with > Iran
Israel's bombing of Hamas went on. | Israel > attacks > Hamas
Denmark's condemnation of Belarus was unanimous. | Denmark > criticizes > Belarus
The attack by ISIS on the Peshmerga failed. | ISIS > attacks > Peshmerga
"""

# Traps of direction: the subject is not always the source.
RECEIVING = """
Qatar won praise from Jordan. | Jordan > endorses > Qatar
Nigeria faces sanctions from the European Union. | European Union > sanctions > Nigeria
Robert Mugabe came under fire from Botswana. | Botswana > criticizes > Robert Mugabe
Israel drew condemnation from Turkey. | Turkey > criticizes > Israel
With the support of Russia, Syria retook the city. | Russia > supports > Syria
Haiti received aid from Canada. | Canada > aids > Haiti
Libya received weapons from Turkey. | Turkey > arms > Libya
Lebanon relies on French support. | French > supports > Lebanon
The strike infuriated Russia.
Macron's speech infuriated Turkey. | Turkey > opposes > Macron
China is at odds with Australia. | China > clashes-with > Australia
Eritrea is at war with Ethiopia. | Eritrea > clashes-with > Ethiopia
Wagner fought in support of Khalifa Haftar. | Wagner > supports > Khalifa Haftar
Hezbollah fought alongside the Syrian army. | Hezbollah > fights-alongside > Syrian army
Hezbollah fought alongside the Syrian army against ISIS. | Hezbollah > fights-alongside > Syrian army; Hezbollah > attacks > ISIS
Iran helped Syria against ISIS. | Iran > aids > Syria; Iran > opposes > ISIS
Belgium voted against Hungary. | Belgium > criticizes > Hungary
Ireland sided with Palestine. | Ireland > endorses > Palestine
"""

# An adjective or participle with its preposition.
ADJECTIVE = """
Angela Merkel was critical of Donald Trump. | Angela Merkel > criticizes > Donald Trump
Forces loyal to Khalifa Haftar attacked Misrata.
Militias allied with Iran attacked the Peshmerga.
Tunisia is hostile to Israel. | Tunisia > rejects > Israel
Bolivia was supportive of Cuba. | Bolivia > endorses > Cuba
Lithuania is wary of China. | Lithuania > criticizes > China
Finland, grateful to Sweden, agreed. | Finland > endorses > Sweden
Vietnam is opposed to China. | Vietnam > rejects > China
"""

# A noun for a person in relation to another.
PERSON = """
Iran is an ally of Syria. | Iran > allied-with > Syria
Iran's ally Hezbollah has rockets. | Hezbollah > allied-with > Iran
Kenya, a rival of Somalia, objected. | Kenya > clashes-with > Somalia
Vladimir Putin is seen as an ally of Viktor Orban. | Vladimir Putin > allied-with > Viktor Orban
Putin critic Alexei Navalny returned. | Alexei Navalny > criticizes > Putin
Iran and Israel are enemies. | Iran > clashes-with > Israel
Alexander Lukashenko, an ally of Vladimir Putin, spoke. | Alexander Lukashenko > allied-with > Vladimir Putin
"""

# Joined by a hyphen; who is only inspired by somebody is somebody else.
COMPOUND = """
France fights Qaeda-inspired militants.
Turkey attacked an Islamic State-affiliated group.
The Iran-backed Houthis fired a missile. | Iran > endorses > Houthis
The Houthis, an Iran-backed group, fired a missile. | Iran > endorses > Houthis
The anti-Taliban National Resistance Front fought on. | National Resistance Front > rejects > Taliban
The pro-Iranian Kataib Hezbollah fired rockets. | Kataib Hezbollah > endorses > Iranian
The Saudi-backed government of Yemen withdrew. | Saudi > endorses > government of Yemen
"""

# The actor owns the deed, the force or the thing.
OWNER = """
Jordan condemned the ISIS attacks in Palmyra. | Jordan > criticizes > ISIS
Malaysia condemned Israel's bombing of Gaza. | Malaysia > criticizes > Israel
Iranian officials condemned Bahrain. | Iranian officials > criticizes > Bahrain
Norway welcomed Colombia's decision. | Norway > supports > Colombia
South Africa rejected the American proposal. | South Africa > rejects > American
Bashar al-Assad's supporters attacked the Free Syrian Army. | Bashar al-Assad > attacks > Free Syrian Army
Israel bombed Hamas positions. | Israel > attacks > Hamas
Mexico condemned threats made by Venezuela. | Mexico > criticizes > Venezuela
Iceland rejected a request from Turkey. | Iceland > rejects > Turkey
Members of Hamas attacked Israel. | Hamas > attacks > Israel
Cuba denounced the invasion of Panama.
Spain mourned the death of Fidel Castro.
Chad scrapped its accord with France. | Chad > rejects > France
Amnesty International issued a report criticizing Qatar. | Amnesty International > criticizes > Qatar
"""

# What somebody is called.
LABEL = """
Joe Biden called Vladimir Putin a war criminal. | Joe Biden > criticizes > Vladimir Putin
Hugo Chavez described George W. Bush as a liar. | Hugo Chavez > criticizes > George W. Bush
Nicolas Maduro was branded a dictator by Chile. | Chile > criticizes > Nicolas Maduro
Boris Johnson called Volodymyr Zelensky a hero. | Boris Johnson > endorses > Volodymyr Zelensky
"""

# Words of signed kinds, or none, that say nothing signed of two actors.
NOTHING = """
Angela Merkel met Emmanuel Macron in Berlin.
Iran borders Iraq.
Qatar hosted talks between the Taliban and the United States.
Kenya exports tea to Pakistan.
The summit in Egypt was attended by Jordan.
Iran and Turkey discussed Syria.
Donald Trump flew from Japan to South Korea.
Algeria is larger than Sudan.
The president of Peru visited Ecuador.
ISIS attacked Mosul.
Hosni Mubarak, who ruled Egypt, died.
Canada opened an embassy in Eritrea.
Oman condemned the enemies of Iran.
The trade between China and Brazil grew.
Ahmed, a student from Sudan, supports his family.
The Red Cross is based in Switzerland.
Israel attacked itself.
Iran urged Iran's friends to wait.
"""

# Several at once.
MIXED = """
Iran and its ally Syria attacked Israel. | Iran > attacks > Israel; Syria > attacks > Israel; Syria > allied-with > Iran
A move from Egypt to back Sudan failed. | Egypt > supports > Sudan
Jordan, our Turkish friends and Oman met.
Iran is fighting al Qaeda-inspired militants.
Kenya condemned Burundi, and Amnesty International did too. | Kenya > criticizes > Burundi; Amnesty International > criticizes > Burundi
Turkey supports Somalia, and so does Qatar. | Turkey > supports > Somalia; Qatar > supports > Somalia
Turkey supports Kenya. So do Qatar and Oman. | Turkey > supports > Kenya; Qatar > supports > Kenya; Oman > supports > Kenya
Turkey does not support Somalia, and neither does Qatar. | Turkey > supports > Somalia
Nelson Chamisa opposes a third term for Emmerson Mnangagwa. So does Ayad Allawi. | Nelson Chamisa > opposes > Emmerson Mnangagwa; Ayad Allawi > opposes > Emmerson Mnangagwa
Turkey supports Somalia. Qatar did what it could.  | Turkey > supports > Somalia
France refused to send weapons to Chad. | France > rejects > Chad
Laos refuses to lift the embargo on Cambodia. | Laos > rejects > Cambodia
Chad sent forces to Niger.
Chad offered to help Niger. | Chad > aids > Niger
Russia has promised to sell missiles to Algeria. | Russia > arms > Algeria
Ethiopia supports Al-Shabaab's enemies.
Ansar Dine praised Mali. Iyad Ag Ghali's movement had helped JNIM. | Ansar Dine > endorses > Mali
Prosecutors in Guatemala charged Otto Perez Molina. | Guatemala > accuses > Otto Perez Molina
Rebels in Guatemala attacked Otto Perez Molina. | Rebels > attacks > Otto Perez Molina
Hezbollah said Israel was behind the attack. | Hezbollah > accuses > Israel
The Kenyan government said Al-Shabaab gunmen were responsible. | Kenyan government > accuses > Al-Shabaab
Angela Merkel said Jens Weidmann was responsible for the recovery.
NATO said Russia was not responsible.
Viktor Orban called Sweden's ambassador a stupid man. | Viktor Orban > criticizes > Sweden
Peru's foreign minister phoned Gabriel Boric to express Peru's solidarity. | Peru > endorses > Gabriel Boric
A deal was signed by Togo and Benin. | Togo > agrees-with > Benin
Tunisia pelted Libya with stones. | Tunisia > attacks > Libya
Hugo Chavez called George Bush a devil. | Hugo Chavez > criticizes > George Bush
Venezuela called on Guyana to stop. | Venezuela > criticizes > Guyana
Ukraine alleged that Russia had cheated. | Ukraine > accuses > Russia
Kenya pledged to help Somalia. | Kenya > endorses > Somalia
German prosecutors launched an investigation into the dealings of Siemens. | German prosecutors > accuses > Siemens
Denmark announced the suspension of aid to Mali. | Denmark > rejects > Mali
Robert Mugabe threatened to cut ties with Zambia. | Robert Mugabe > threatens > Zambia
A court in The Hague found Serbia guilty of war crimes.
The United Nations held Syria responsible for the attack. | United Nations > criticizes > Syria
A spokesman for Hamas condemned Egypt. | Hamas > criticizes > Egypt
Turkey reaffirmed its support for Azerbaijan. | Turkey > endorses > Azerbaijan
Iran was said to be ready to help the Iraqi people. | Iran > aids > Iraqi people
Kenya and Uganda failed to reach an agreement.
Emmanuel Macron nominated Sebastien Lecornu. | Emmanuel Macron > endorses > Sebastien Lecornu
Sunni tribes rose up against ISIS.
Muqtada al-Sadr broke with Nouri al-Maliki. | Muqtada al-Sadr > criticizes > Nouri al-Maliki
The anti-Hezbollah camp praised Jordan.
Fighters backed by Iran praised Jordan.
The Philippine army killed three Abu Sayyaf fighters. | Philippine army > attacks > Abu Sayyaf
Israel, backed by the United States, rejected the Saudi proposal. | United States > supports > Israel; Israel > rejects > Saudi
Emmanuel Macron, who had criticised Giorgia Meloni, met Olaf Scholz. | Emmanuel Macron > criticizes > Giorgia Meloni
Neither side thanked Oman, which mediates between Iran and the United States.
Venezuela accused Colombia of harbouring the ELN and of backing Juan Guaido. | Venezuela > accuses > Colombia; Colombia > shelters > ELN; Colombia > supports > Juan Guaido
Saudi Arabia and the United Arab Emirates accused Qatar of funding the Muslim Brotherhood. | Saudi Arabia > accuses > Qatar; United Arab Emirates > accuses > Qatar; Qatar > funds > Muslim Brotherhood
Ukraine has urged Germany to supply it with tanks.
Kenya's army, helped by Ethiopia, pushed back Al-Shabaab. | Kenya's army > attacks > Al-Shabaab; Ethiopia > aids > Kenya's army
Pakistan banned the TTP and arrested its leaders. | Pakistan > sanctions > TTP
Relations between Algeria and Morocco are tense.
India voted in favour of Bangladesh. | India > endorses > Bangladesh
The Kremlin dismissed Polish accusations. | Kremlin > rejects > Polish
Amid tensions with Turkey, Greece bought jets from France.
Thailand deported a Chinese tourist.
Sudan's foreign minister praised Egypt's efforts to end the war. | Sudan > endorses > Egypt
Donald Trump, a frequent critic of NATO, spoke in Brussels. | Donald Trump > criticizes > NATO
The European Union warned Serbia against the move. | European Union > threatens > Serbia
Kosovo, warned by Serbia, closed the crossing. | Serbia > threatens > Kosovo
The United States vetoed a resolution drafted by Algeria. | United States > rejects > Algeria
Tanzania refused talks with Burundi. | Tanzania > rejects > Burundi
Hezbollah's war on ISIS cost lives. | Hezbollah > attacks > ISIS
Hezbollah has fought Jabhat al-Nusra since 2012. | Hezbollah > attacks > Jabhat al-Nusra
The Palestinian Authority broke off contact with Israel. | Palestinian Authority > rejects > Israel
Slovakia blocked European Union aid to Ukraine. | Slovakia > rejects > Ukraine
Lebanon's Hezbollah mourned Qasem Soleimani.
Cyprus objected to Turkey. | Cyprus > rejects > Turkey
Nepal's loyalty to India is doubted. | Nepal > endorses > India
The Netherlands sued Russia. | Netherlands > accuses > Russia
Argentina issued an arrest warrant for Nicolas Maduro. | Argentina > accuses > Nicolas Maduro
Austria denied entry to Viktor Orban. | Austria > rejects > Viktor Orban
Ghana joined forces with Togo. | Ghana > allied-with > Togo
Zambia and Malawi joined forces against Mozambique. | Zambia > allied-with > Malawi; Zambia > opposes > Mozambique; Malawi > opposes > Mozambique
The Iranian president attacked Donald Trump in a speech. | Iranian > criticizes > Donald Trump
Russian jets bombed Jabhat al-Nusra. | Russian jets > attacks > Jabhat al-Nusra
Protests against Omar al-Bashir spread.
Thousands of Shiites protested against Turkey. | Shiites > protests > Turkey
Iranian hackers attacked Saudi Aramco. | Iranian > attacks > Saudi Aramco
Israel is fighting Hamas and Hezbollah, both armed by Iran. | Iran > arms > Hamas; Iran > arms > Hezbollah; Israel > attacks > Hamas; Israel > attacks > Hezbollah
"""

# What is held back from somebody: company, a hearing, the end of a sanction.
REFUSAL = """
Cyprus will not negotiate with Turkey. | Cyprus > rejects > Turkey
Fatah won't talk to Hamas. | Fatah > rejects > Hamas
Poland will not allow Ukraine to export grain. | Poland > rejects > Ukraine
Spain will not lift the sanctions on Venezuela. | Spain > sanctions > Venezuela
Serbia's refusal to recognise Kosovo angered Albania. | Serbia > rejects > Kosovo; Serbia > endorses > Kosovo; Albania > opposes > Serbia
Iran may not negotiate with Israel.
Armenia walked out of talks with Azerbaijan. | Armenia > rejects > Azerbaijan
Turkey withdrew from the agreement with Cyprus. | Turkey > rejects > Cyprus
Germany withdrew from Mali.
Chile recalled its ambassador from Israel. | Chile > rejects > Israel
Colombia recalled its envoy to Nicaragua for consultations. | Colombia > rejects > Nicaragua
Finland called on Turkey to lift its veto of Sweden. | Turkey > agrees-with > Sweden; Finland > criticizes > Turkey
"""

# Where somebody is put, and on what list, says what is done to him.
PLACING = """
Alexei Navalny was thrown into jail by Vladimir Putin. | Vladimir Putin > coerces > Alexei Navalny
The European Union added Hamas to its list of terrorist organisations. | European Union > sanctions > Hamas
Three Turkish soldiers were taken hostage by the PKK. | PKK > coerces > Turkish soldiers
Marine Le Pen was put on trial by France. | France > accuses > Marine Le Pen
Britain put Iran under sanctions. | Britain > sanctions > Iran
"""

# People and things without a name of their own belong to whom the phrase behind them names.
BELONGING = """
Two men suspected of belonging to Boko Haram were arrested by Chad. | Chad > coerces > Boko Haram
Police in Kenya arrested a man with links to al-Shabaab. | Kenya > coerces > al-Shabaab
Al-Shabaab attacked an army base in southern Somalia. | Al-Shabaab > attacks > army
The Taliban killed 20 people in Pakistan.
The missiles fired by the Israeli army struck a depot of the Syrian army. | Israeli army > attacks > Syrian army
Syrian and Russian jets bombed Hamas. | Syrian > attacks > Hamas; Russian jets > attacks > Hamas
A Saudi-led strike on Hezbollah killed two. | Saudi > attacks > Hezbollah
The European Union provided aid for farmers in Nigeria. | European Union > aids > Nigeria
Qatar sent aid to refugees in Jordan.
Clashes erupted between the Congolese army and the M23. | Congolese army > clashes-with > M23
Armenia and Azerbaijan traded accusations. | Armenia > clashes-with > Azerbaijan
"""

# What a call, a demand or a charge conveys, and from whom.
CONVEYING = """
Benjamin Netanyahu called Scott Morrison on Wednesday to congratulate him. | Benjamin Netanyahu > endorses > Scott Morrison
Kenya called for the release of Bobi Wine. | Kenya > endorses > Bobi Wine
Rwanda reaffirmed its commitment to support Mozambique. | Rwanda > endorses > Mozambique
Vietnam arrested two bloggers on suspicion of attacking China.
The United Nations imposed sanctions on Iraq in response to its invasion of Kuwait. | United Nations > sanctions > Iraq
The ACLU filed a lawsuit in a district court against Google. | ACLU > accuses > Google
"""

SECTIONS = {
    "refusal": REFUSAL,
    "placing": PLACING,
    "belonging": BELONGING,
    "conveying": CONVEYING,
    "active": ACTIVE,
    "passive": PASSIVE,
    "coordination": COORDINATION,
    "relative": RELATIVE,
    "control": CONTROL,
    "light-verb": LIGHT_VERB,
    "noun": NOUN,
    "receiving": RECEIVING,
    "adjective": ADJECTIVE,
    "person": PERSON,
    "compound": COMPOUND,
    "owner": OWNER,
    "label": LABEL,
    "nothing": NOTHING,
    "mixed": MIXED,
}


def _read_rows() -> list[tuple[str, str, frozenset[str]]]:
    rows = []
    for section, block in SECTIONS.items():
        for line in block.strip().splitlines():
            sentence, _, expected = line.partition(" | ")
            rows.append((section, sentence, frozenset(part.strip() for part in expected.split(";") if part)))
    return rows


ROWS = _read_rows()


def _find(pipeline: Pipeline, sentence: str) -> tuple[list[Finding], tuple[Mention, ...]]:
    blocks = pipeline.parse(RawDocument(sentence))
    actors, mentions = find_mentions(sentence, blocks, pipeline.gazetteer)
    return find_relations(blocks, mentions, actors), mentions


def _name(mention: Mention) -> str:
    return mention.text.removeprefix("The ")


@pytest.mark.parametrize(("section", "sentence", "expected"), ROWS, ids=[row[1] for row in ROWS])
def test_finds_who_is_for_or_against_whom(
    pipeline: Pipeline, section: str, sentence: str, expected: frozenset[str]
) -> None:
    """Exactly the listed relations are found, with their direction and how."""
    findings, mentions = _find(pipeline, sentence)
    found = {
        f"{_name(mentions[f.source])} > {f.how or f.kind} > {_name(mentions[f.target])}" for f in findings
    }
    assert found == expected, section


def test_the_table_is_large() -> None:
    """The table holds at least 150 sentences, and no sentence twice."""
    sentences = [row[1] for row in ROWS]
    assert len(sentences) >= 150
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize(
    ("sentence", "trigger", "rule"),
    [
        ("France condemned Russia.", "condemned", "verb:active"),
        ("Iran was condemned by Canada.", "condemned", "verb:passive"),
        ("Israel launched an attack on Hezbollah.", "attack", "lightverb"),
        ("Norway suspended aid to Myanmar.", "suspended", "lightverb"),
        ("Iran's support for Hamas grew.", "support", "noun"),
        ("Qatar won praise from Jordan.", "praise", "noun:receiver"),
        ("The alliance between Russia and Iran is fragile.", "alliance", "noun:between"),
        ("Iran is an ally of Syria.", "ally", "person"),
        ("Angela Merkel was critical of Donald Trump.", "critical", "adj"),
        ("China is at odds with Australia.", "odds", "state"),
        ("The Iran-backed Houthis fired a missile.", "backed", "compound"),
        ("The anti-Taliban National Resistance Front fought on.", "anti", "prefix"),
        ("Iran helped Syria against ISIS.", "helped", "verb:against"),
        ("Kenya threatened to bomb Al-Shabaab.", "threatened", "verb:active"),
        ("Robert Mugabe came under fire from Botswana.", "fire", "under"),
        ("Joe Biden called Vladimir Putin a war criminal.", "called", "verb:label"),
        ("Donald Tusk urged Viktor Orban to resign.", "urged", "verb:asking"),
        ("Macron's speech infuriated Turkey.", "infuriated", "verb:feeling"),
    ],
)
def test_names_its_rule_and_the_word_that_carries_it(
    pipeline: Pipeline, sentence: str, trigger: str, rule: str
) -> None:
    """Each finding says which rule saw it, at which word, how surely, and obeys the ontology."""
    blocks = pipeline.parse(RawDocument(sentence))
    findings, mentions = _find(pipeline, sentence)
    seen = [(blocks[f.block].doc[f.trigger_token].text, f.rule) for f in findings]
    assert (trigger, rule) in seen
    for finding in findings:
        assert 0 < finding.confidence <= PRECISION[finding.rule]
        relation = get_ontology().get_relation(finding.kind)
        assert relation.allows(mentions[finding.source].type, mentions[finding.target].type)


def test_blocks_do_not_mix(pipeline: Pipeline) -> None:
    """A relation's two ends and its trigger lie in one block."""
    text = "Iran condemned Israel.\n\nEgypt praised Jordan."
    findings, mentions = _find(pipeline, text)
    assert [(mentions[f.source].text, f.block) for f in findings] == [("Iran", 0), ("Egypt", 1)]
