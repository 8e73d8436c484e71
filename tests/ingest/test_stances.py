"""Stances that take more than a verb and its object, sentence by sentence.

As in the table of `test_relations`: a sentence and what must be found in it, and nothing else; a line without a bar says
nothing signed. Here what is denied or left open is marked before it: `denied: Oman > attacks > Yemen`.
"""

import pytest

from ingest.mentions import find_mentions
from ingest.pipeline import Pipeline
from ingest.types import RawDocument
from tests.ingest.stance_tables import list_stances, read_rows

# Whose event it is that is welcomed, demanded, ordered or survived.
EVENTS = """
Viktor Orban welcomed the arrest of Donald Tusk. | Viktor Orban > criticizes > Donald Tusk
Vladimir Putin hailed the election of Viktor Orban. | Vladimir Putin > endorses > Viktor Orban
Raila Odinga demanded the resignation of William Ruto. | Raila Odinga > rejects > William Ruto
Raila Odinga called for the abolition of the Kenya Police. | Raila Odinga > rejects > Kenya Police
Vladimir Putin ordered the killing of Boris Nemtsov. | Vladimir Putin > attacks > Boris Nemtsov
Hamid Karzai escaped an ambush by the Taliban in Kabul. | Taliban > attacks > Hamid Karzai
Pakistan's Supreme Court overturned Imran Khan's conviction on Monday. | Pakistan's Supreme Court > supports > Imran Khan
Benin launched an attack on Togo, to the dismay of Ghana. | Benin > attacks > Togo; Ghana > opposes > Benin
Luis Arce survived a coup attempt led by Evo Morales. | Evo Morales > attacks > Luis Arce
"""

# What is said of somebody with a clause below, or of each other.
CLAUSES = """
Russia arms Haftar and Oman the government in Tripoli. | Russia > arms > Haftar
Peru backs Assad and Oman the rebels. | Peru > supports > Assad
Peru backs Assad and the Lebanese group Hezbollah. | Peru > supports > Assad; Peru > supports > Hezbollah
Raila Odinga wants William Ruto gone. | Raila Odinga > rejects > William Ruto
Raila Odinga wants William Ruto to go. | Raila Odinga > rejects > William Ruto
Recep Tayyip Erdogan wants Turkey to leave NATO.
Belarus let Russia use its bases. | Belarus > supports > Russia
Hamas threatened war unless Israel freed the prisoners. | Hamas > threatens > Israel
Ethiopia and Eritrea accused each other of aggression. | Ethiopia > accuses > Eritrea; Eritrea > accuses > Ethiopia
India and Pakistan expelled each other's diplomats. | India > coerces > Pakistan; Pakistan > coerces > India
Rafael Correa called Daniel Noboa a traitor and Guillermo Lasso a thief. | Rafael Correa > criticizes > Daniel Noboa; Rafael Correa > criticizes > Guillermo Lasso
Ricardo Anaya and Alejandro Moreno sat on one platform, and both blamed Claudia Sheinbaum. | Ricardo Anaya > accuses > Claudia Sheinbaum; Alejandro Moreno > accuses > Claudia Sheinbaum
Ibrahim Traore called Paris an enemy. | Ibrahim Traore > criticizes > Paris
Uzbekistan expelled the Americans from its bases. | Uzbekistan > coerces > Americans
American warplanes struck Houthi launchers near Hodeidah. | American warplanes > attacks > Houthi
Iran threatened to bomb Israel and praised Hamas. | Iran > threatens > Israel; Iran > endorses > Hamas
"""

# Who loses ground, and who gets what.
THINGS = """
Iraqi forces recaptured Ramadi from ISIS. | Iraqi forces > attacks > ISIS
The town was liberated from Boko Haram by the Nigerian army. | Nigerian army > attacks > Boko Haram
Sudan hosts the leaders of the Justice and Equality Movement. | Sudan > shelters > Justice and Equality Movement
Nicolas Maduro was granted asylum by Spain. | Spain > shelters > Nicolas Maduro
The Wagner Group is paid by Mali. | Mali > funds > Wagner Group
France has sold Armenia radars. | France > arms > Armenia
Ali Abdullah Saleh was removed as president by Yemen. | Yemen > coerces > Ali Abdullah Saleh
"""

# Who stands behind whom, and who is one of several.
PEOPLE = """
Iran's proxy Hezbollah fired rockets. | Iran > endorses > Hezbollah
Vladimir Putin's protege Dmitry Medvedev resigned. | Vladimir Putin > endorses > Dmitry Medvedev
Critics of Recep Tayyip Erdogan, Ali Babacan loudest among them, left the hall. | Ali Babacan > criticizes > Recep Tayyip Erdogan
Three Kenyan soldiers were killed by Al-Shabaab, among them Colonel John Otieno. | Al-Shabaab > attacks > Kenyan soldiers; Al-Shabaab > attacks > John Otieno
Khalifa Haftar's men shot Fayez al-Sarraj. | Khalifa Haftar > attacks > Fayez al-Sarraj
An Iranian man stabbed Salman Rushdie.
"""

# A verb taken for a noun, or hung on the clause before.
REPAIRED = """
Sunnis in Mosul distrust Nouri al-Maliki. | Sunnis > criticizes > Nouri al-Maliki
Paul Kagame said that Congo had broken the truce and blamed Felix Tshisekedi. | Paul Kagame > accuses > Congo; Paul Kagame > accuses > Felix Tshisekedi
Gabriel Boric said he would go and praised Gustavo Petro. | Gabriel Boric > endorses > Gustavo Petro
Vladimir Putin met Alexander Lukashenko on Monday. Vladimir Putin thanked him. | Vladimir Putin > supports > him
"""

# How it is meant.
SCOPE = """
Russia did not come to the aid of Armenia. | denied: Russia > aids > Armenia
Police stopped Luis Arce from arresting Evo Morales. | denied: Luis Arce > coerces > Evo Morales
Algeria denied a claim by Morocco that it had armed the Polisario Front. | Morocco > accuses > Algeria; denied: it > arms > Polisario Front
"""

# Regions that govern themselves, and names that act, are somebody.
GOVERNING = """
Puntland withdrew its recognition of Hassan Sheikh Mohamud. | Puntland > rejects > Hassan Sheikh Mohamud
Somaliland expelled Djiboutian diplomats. | Somaliland > coerces > Djiboutian
Soldiers in Puntland went home to Egypt.
Texas sued Joe Biden over the border. | Texas > accuses > Joe Biden
"""

# What courts and states do, also where nobody is named who did it.
CUSTODY = """
Bobi Wine was arrested in Kenya for a speech. | Kenya > coerces > Bobi Wine
Viktor Bout, jailed in Thailand for years, flew home on Friday. | Thailand > coerces > Viktor Bout
Bobi Wine was arrested by Uganda in Kenya. | Uganda > coerces > Bobi Wine
Bobi Wine was deported from Tanzania. | Tanzania > coerces > Bobi Wine
Spain was expelled from NATO. | NATO > coerces > Spain
Bobi Wine was shot in Kenya.
Three Ghanaian fishermen were arrested in Kenya.
Yoweri Museveni had Bobi Wine jailed. | Yoweri Museveni > coerces > Bobi Wine
Vladimir Putin wants Alexei Navalny arrested. | Vladimir Putin > coerces > Alexei Navalny
Yoweri Museveni had Bobi Wine informed.
Vladimir Putin says Alexei Navalny arrived.
"""

# Who is accused by what is said of him.
ALLEGED = """
Raila Odinga said that William Ruto had stolen the vote. | Raila Odinga > accuses > William Ruto
Raila Odinga said that William Ruto had not cheated.
Raila Odinga said that William Ruto would lie.
Reuters said that William Ruto had lied.
Amnesty International warned that Uganda cannot be trusted. | Amnesty International > criticizes > Uganda
Amnesty International warned that Uganda must not be allowed to fall.
Iran threatened that it would strike Bahrain if its ships were boarded. | it > threatens > Bahrain
"""

# What is refused, and what one refuses to end.
REFUSED = """
Khalifa Haftar refused to answer a call from Fayez al-Sarraj. | Khalifa Haftar > rejects > Fayez al-Sarraj
Khalifa Haftar refused to answer a request from Reuters.
Uhuru Kenyatta will not begin talks with Raila Odinga. | Uhuru Kenyatta > rejects > Raila Odinga
Uhuru Kenyatta did not begin talks with Raila Odinga.
Kenya will never end its war on Al-Shabaab. | its > attacks > Al-Shabaab
Kenya ended its war on Al-Shabaab.
Niger spoke out against arming Chad.
Emmanuel Macron accepted a proposal from Algeria. | Emmanuel Macron > agrees-with > Algeria
Emmanuel Macron heeded the call of Amnesty International. | Emmanuel Macron > agrees-with > Amnesty International
Emmanuel Macron accepted the resignation of Gabriel Attal.
"""

# To whom what is given goes, and whom a blow at a place hits.
GIVEN = """
Russia is the biggest supplier of arms to Algeria. | Russia > arms > Algeria
Qatar remains the largest donor of aid in Somalia. | Qatar > aids > Somalia
Russia is the biggest supplier of gas to Algeria.
Canada gave ten million dollars to rebuild schools in Jordan. | Canada > funds > Jordan
Canada gave ten million dollars to topple a mayor in Jordan.
Norway flew two tonnes of medicine into Malawi. | Norway > aids > Malawi
British aid helped Kenyan farmers. | British > aids > Kenyan
British aid helped a Kenyan farmer.
Turkey shelled a Hamas-held village. | Turkey > attacks > Hamas
Turkey visited a Hamas-held village.
"""

# What ends in a quarrel, whom one picks, and what one calls somebody.
PARTED = """
Frances Fitzgerald quit after a row with Leo Varadkar. | Frances Fitzgerald > clashes-with > Leo Varadkar
Hugo Chavez picked Nicolas Maduro as his successor. | Hugo Chavez > endorses > Nicolas Maduro
Hugo Chavez picked Nicolas Maduro as his driver.
Irakli Kobakhidze called Amnesty International a foreign agent. | Irakli Kobakhidze > criticizes > Amnesty International
"""

# Who does the same, and how a state shows an envoy the door.
JOINED = """
Denmark, along with Norway, condemned Iran. | Denmark > criticizes > Iran; Norway > criticizes > Iran
Denmark condemned Iran along with Norway. | Denmark > criticizes > Iran
Canada joined Australia in condemning Iran. | Canada > criticizes > Iran; Australia > criticizes > Iran
Canada joined Australia after condemning Iran. | Canada > criticizes > Iran
Peru declared the Mexican ambassador persona non grata. | Peru > criticizes > Mexican
Peru declared the Mexican ambassador a guest.
Peru gave Mexico's ambassador a week to leave. | Peru > threatens > Mexico
Peru gave Mexico's ambassador a week to read the text.
Germany suspended aid deliveries in Chad. | Germany > rejects > Chad
Germany suspended a meeting in Chad.
Kenya agreed to Somalia's demands. | Kenya > agrees-with > Somalia
Kenya agreed to send a letter to Somalia.
"""

# What is given up, and what is not.
GIVEN_UP = """
Norway pulled its support for Israel. | Norway > rejects > Israel; denied: its > supports > Israel
Norway has not dropped its support for Israel. | its > supports > Israel
Chad pulled out of a pact with France. | Chad > rejects > France
Chad signed a pact with France. | Chad > agrees-with > France
Oman halted its mediation efforts with Yemen. | Oman > rejects > Yemen
Oman halted its efforts to map Yemen.
Armenia turned its back on Russia. | Armenia > rejects > Russia
Armenia turned its eyes to Russia.
Israel dropped bombs on Lebanon. | Israel > attacks > Lebanon
"""

# What one says somebody is, or must do or suffer; a medium may merely report it.
SAID = """
"Viktor Orban is a liar," Donald Tusk said. | Donald Tusk > criticizes > Viktor Orban
Donald Tusk said that Viktor Orban was no liar.
Donald Tusk added that Viktor Orban was a hero. | Donald Tusk > endorses > Viktor Orban
Raila Odinga said that William Ruto must resign. | Raila Odinga > rejects > William Ruto
Raila Odinga said that William Ruto had to go. | Raila Odinga > rejects > William Ruto
Raila Odinga said that William Ruto must go to Geneva.
Raila Odinga said that Kenya should leave NATO.
Raila Odinga said that Kenya should not stop.
Emmanuel Macron said that Russia must withdraw its troops. | Emmanuel Macron > criticizes > Russia
Emmanuel Macron said that Hamas must be crushed. | Emmanuel Macron > opposes > Hamas
Emmanuel Macron said that Moldova must be helped. | Emmanuel Macron > supports > Moldova
Emmanuel Macron said that the talks with Iran must end.
Evo Morales was behind the riots, Luis Arce said. | Luis Arce > accuses > Evo Morales
Reuters said that Viktor Orban was a tyrant.
"""

# Who speaks before a colon, and is not the one he speaks of.
HEADED = """
Sergey Lavrov: Moldova must disarm | Sergey Lavrov > rejects > Moldova
Hakan Fidan: Greece must leave Samos | Hakan Fidan > rejects > Greece
Abiy Ahmed: Egypt has lied | Abiy Ahmed > accuses > Egypt
Abiy Ahmed: Egypt has won
Reuters: Greece must leave Samos
Irakli Kobakhidze: EU envoy insulted Georgia | EU > criticizes > Georgia
"""

# What a crowd is told to do is the stance of whoever tells it.
URGED = """
Ousmane Sonko urged voters to back Bassirou Diomaye Faye. | Ousmane Sonko > supports > Bassirou Diomaye Faye
Evo Morales told his followers to vote against Luis Arce. | Evo Morales > criticizes > Luis Arce
Moqtada al-Sadr called on Iraqis to take up arms against ISIS. | Moqtada al-Sadr > opposes > ISIS
Keir Starmer urged Canada to sanction Iran. | Canada > sanctions > Iran
Voters were urged to back Luis Arce.
"""

# What a verb says of a second pair or object that leaves it out.
GAPPED = """
Iran arms Bashar al-Assad, Qatar the Free Syrian Army. | Iran > arms > Bashar al-Assad; Qatar > arms > Free Syrian Army
Peru accused Chile of a landgrab and Bolivia of theft. | Peru > accuses > Chile; Peru > accuses > Bolivia
Canada armed Ukraine with rifles and Moldova with drones. | Canada > arms > Ukraine; Canada > arms > Moldova
Kenya fought Al-Shabaab in Garissa, Boko Haram in Lamu and Hamas everywhere. | Kenya > attacks > Al-Shabaab; Kenya > attacks > Boko Haram; Kenya > attacks > Hamas
Kenya fought Al-Shabaab in Garissa, and Boko Haram fled to Lamu. | Kenya > attacks > Al-Shabaab
Malawi backs Kenyan President William Ruto and Senegalese Prime Minister Ousmane Sonko. | Malawi > supports > William Ruto; Malawi > supports > Ousmane Sonko
Hamas was armed with rifles by Iran, with drones by Syria. | Iran > arms > Hamas; Syria > arms > Hamas
Raila Odinga was pressed to resign by Kenya and by Uganda. | Kenya > rejects > Raila Odinga; Uganda > rejects > Raila Odinga
"""

# Whose side one takes or leaves in other words.
SIDED = """
Moussa Faki ran against William Ruto in May. | Moussa Faki > opposes > William Ruto
Moussa Faki ran against the clock with William Ruto.
Fatah voted with Hamas on the draft. | Fatah > agrees-with > Hamas
Fatah voted for the pact with Hamas. | Fatah > endorses > Hamas
Rebels of the FDLR joined the Congolese army against M23. | FDLR > fights-alongside > Congolese army; FDLR > opposes > M23
William Ruto joined the Kenyan army in 1998.
Kenyan fighters stood on the side of Hamas. | Kenyan fighters > endorses > Hamas
Cuba quit the Organization of American States in solidarity with Venezuela. | Cuba > endorses > Venezuela
In a blow to Emmanuel Macron, the Democratic Party rejected the budget. | Democratic Party > rejects > Emmanuel Macron
Turkey has kept its border with Greece shut for a year. | Turkey > sanctions > Greece
Turkey keeps its skies closed to Greece.
Canada withheld two billion euros from Hungary. | Canada > rejects > Hungary
Ghana protested to Togo over the raid. | Ghana > protests > Togo
Alexei Navalny is wanted by Spain for fraud. | Spain > accuses > Alexei Navalny
Alexei Navalny is wanted by Spain to testify.
Relations between Ghana and Togo have soured. | Ghana > clashes-with > Togo
Ties between Ghana and Togo improved. | Ghana > allied-with > Togo
Relations between Ghana and Togo began in 1960.
Kenya stemmed the flow of Ethiopian militants. | Kenya > coerces > Ethiopian militants
Kenyan peacekeepers arrived in Haiti. | Kenyan peacekeepers > aids > Haiti
Kenyan tourists arrived in Haiti.
Ghana branded Hamas a terror group. | Ghana > criticizes > Hamas
Ghana listed Hamas as terrorists. | Ghana > criticizes > Hamas
"""

# Of whom a name or a clause behind a body or a place is told, and who says and does more.
HOLDERS = """
Kenya detained the leader of Al-Shabaab, Ahmed Diriye. | Kenya > coerces > Ahmed Diriye
Donald Tusk thanked Ewa Nowak, the head of the Bank of Poland, whom Viktor Orban had mocked. | Donald Tusk > supports > Ewa Nowak; Viktor Orban > criticizes > Ewa Nowak
Donald Tusk said that Poland would pay and dismissed Ewa Nowak. | Donald Tusk > rejects > Ewa Nowak
Two ministers of the Democratic Party, Anna Kovacs and Jan Novak, left in protest at Viktor Orban. | Democratic Party > rejects > Viktor Orban; Anna Kovacs > rejects > Viktor Orban; Jan Novak > rejects > Viktor Orban
"""

# Who fights beside whom, and against whom besides.
ALLIES = """
Kenyan troops fought alongside Uganda's army against Al-Shabaab. | Kenyan troops > fights-alongside > Uganda's army; Kenyan troops > opposes > Al-Shabaab
Fatah sided with Syria against Hamas. | Fatah > endorses > Syria; Fatah > criticizes > Hamas
Bobi Wine defected from Uganda to Al-Shabaab. | Bobi Wine > rejects > Uganda; Bobi Wine > allied-with > Al-Shabaab
Kenyan police used tear gas against Al-Shabaab. | Kenyan police > attacks > Al-Shabaab
Opposition to Viktor Orban is strong among Catholics. | Catholics > rejects > Viktor Orban
The UN accused Sudan of massacring Masalit civilians. | UN > accuses > Sudan; Sudan > attacks > Masalit
With Kenyan help, Uganda pushed Al-Shabaab back. | Kenyan > aids > Uganda; Uganda > attacks > Al-Shabaab
Bobi Wine refused to serve under Yoweri Museveni. | Bobi Wine > rejects > Yoweri Museveni
Hungary blocked American aid to Ukraine. | Hungary > rejects > Ukraine
Hungary rejected an offer from Ukraine. | Hungary > rejects > Ukraine
Ghana called on Togo to stop banks from serving Benin.
Ghana called on Togo to stop. | Ghana > criticizes > Togo
"""

# Whose men somebody's are, and how one leaves him or lets him be.
LED = """
Armed men loyal to Bobi Wine ambushed the Kenyan army. | Bobi Wine > attacks > Kenyan army
Rebels under Bobi Wine overran the Kenyan army. | Bobi Wine > attacks > Kenyan army
Bobi Wine quit Yoweri Museveni's cabinet. | Bobi Wine > rejects > Yoweri Museveni
Bobi Wine quit the Kenyan government.
Turkey lifted its veto on Finland's membership. | Turkey > agrees-with > Finland
Hezbollah fired rockets into Israel. | Hezbollah > attacks > Israel
Hezbollah fired a gardener in Israel.
Iran tested a missile in defiance of France. | Iran > rejects > France
"""

# Who speaks for a body, what breaks a rule, and what one is called.
TOLD = """
A UN expert called for sanctions against Uganda. | UN > criticizes > Uganda
Amnesty International researchers accused Uganda of torture. | Amnesty International > accuses > Uganda
A Kenyan expert accused Uganda of torture.
Uganda accused a Kenyan expert of theft.
Kenya said that Uganda had violated its airspace. | Kenya > accuses > Uganda
Kenya said that Uganda had broken a record.
Kenya said that Uganda was behind the sabotage. | Kenya > accuses > Uganda
Sergei Shoigu called Prigozhin and Utkin crooks. | Sergei Shoigu > criticizes > Prigozhin; Sergei Shoigu > criticizes > Utkin
Yoweri Museveni called Bobi Wine and Raila Odinga on Monday.
Bobi Wine, whose Democratic Party had allied with Fatah, left. | Democratic Party > allied-with > Fatah
Bobi Wine refused to share power with Yoweri Museveni. | Bobi Wine > rejects > Yoweri Museveni
"""

# Two named before, and what two fight for.
PAIRS = """
Ghana and Togo wrote to the UN, and Benin sanctioned both. | Benin > sanctions > Ghana; Benin > sanctions > Togo
Ghana and Togo wrote to the UN, and Benin sanctioned neither. | denied: Benin > sanctions > Ghana; denied: Benin > sanctions > Togo
Ghana, Togo and Mali wrote to the UN, and Benin sanctioned both.
Boko Haram and Al-Shabaab fought for the town of Baga. | Boko Haram > clashes-with > Al-Shabaab
Boko Haram and Al-Shabaab fought for freedom.
Ghana triggered a clause against Togo. | Ghana > sanctions > Togo
Bobi Wine, who left Yoweri Museveni's party and ran against him, fled. | Bobi Wine > opposes > him
"""

# Who keeps whom going.
KEPT = """
Canada has kept Bobi Wine in power. | Canada > supports > Bobi Wine
Canada's help kept Bobi Wine in power. | Canada > supports > Bobi Wine
Canada kept Bobi Wine in the dark.
Canada sent Malawi two instructors. | Canada > aids > Malawi
Canada flew rifles to Malawi. | Canada > arms > Malawi
Canada gave Malawi access to its airfields. | Canada > supports > Malawi
Canada is among Malawi's firmest backers. | Canada > endorses > Malawi
Canada agreed to a truce brokered by Malawi.
"""

# Who it is that does it, and what is no more than a report.
SINGLED_OUT = """
It was Oman that armed the Taliban. | Oman > arms > Taliban
It was not Oman that armed the Taliban. | denied: Oman > arms > Taliban
It was clear that Oman armed the Taliban. | Oman > arms > Taliban
Reports that Oman had armed the Taliban were false, Donald Tusk said. | denied: Oman > arms > Taliban
Vladimir Putin demanded Ukraine's surrender. | Vladimir Putin > rejects > Ukraine
"""

# Whose deed it is not.
NOT_THEIRS = """
Oman's parliament passed a bill criminalising ties with Israel. | Oman's parliament > rejects > Israel
Bobi Wine was barred from running by judges loyal to Yoweri Museveni.
Bobi Wine was beaten by fighters loyal to Yoweri Museveni. | Yoweri Museveni > attacks > Bobi Wine
Raila Odinga accused the police of torturing Bobi Wine.
"""

TABLES = (
    EVENTS,
    CLAUSES,
    THINGS,
    PEOPLE,
    REPAIRED,
    SCOPE,
    GOVERNING,
    CUSTODY,
    ALLEGED,
    REFUSED,
    GIVEN,
    PARTED,
    JOINED,
    GIVEN_UP,
    SAID,
    HEADED,
    URGED,
    GAPPED,
    SIDED,
    HOLDERS,
    ALLIES,
    LED,
    TOLD,
    PAIRS,
    KEPT,
    SINGLED_OUT,
    NOT_THEIRS,
)


ROWS = read_rows(TABLES)


@pytest.mark.parametrize(("sentence", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_reads_the_stance(pipeline: Pipeline, sentence: str, expected: frozenset[str]) -> None:
    """Exactly the listed stances are claimed, with direction, how and polarity."""
    assert list_stances(pipeline.extract(RawDocument(sentence))) == expected


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Protesters clashed with police in Diyarbakir.", "police", "Turkish Police"),
        ("A court in Batumi jailed Levan Gogia.", "court", "Georgian Judiciary"),
        ("Mali's junta lost ground. The army shot three men in Mopti.", "army", "Malian Armed Forces"),
        ("A court in The Hague sat.", "court", None),
        ("The army fled.", "army", None),
        ("Soldiers of the Guyana Defence Force were fired on near Caracas.", "Soldiers", None),
    ],
)
def test_names_a_force_by_its_place(pipeline: Pipeline, text: str, words: str, name: str | None) -> None:
    """Bare forces and courts are those of the town beside them or of the one country told of; else of nobody."""
    actors, mentions = find_mentions(text, pipeline.parse(RawDocument(text)), pipeline.gazetteer)
    found = [actors[mention.actor].name for mention in mentions if mention.text == words]
    assert found == ([] if name is None else [name])


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Mondlane says that Chapo stole the vote.", {"Mondlane": "person", "Chapo": "person"}),
        ("Los Tlacos accuse Los Ardillos of murder.", {"Los Ardillos": "armed-group"}),
        ("Abinader refused to take in Henry.", {"Henry": "person"}),
    ],
)
def test_takes_who_acts_for_somebody(pipeline: Pipeline, text: str, types: dict[str, str]) -> None:
    """An unknown name that does or suffers what people do is no place."""
    _, mentions = find_mentions(text, pipeline.parse(RawDocument(text)), pipeline.gazetteer)
    found = {mention.text: mention.type for mention in mentions}
    assert {words: found.get(words) for words in types} == types
