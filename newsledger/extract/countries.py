"""The countries of the world as the press names them: capitals, adjectives, peoples.

One line a country: ISO 3166-1 alpha-3 code | names | capital | adjectives and peoples. What stands before the first
comma is the usual one. The registry overrides whatever it knows better.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pycountry

_TABLE = """
AFG|Afghanistan|Kabul|Afghan,Afghans
ALB|Albania|Tirana|Albanian,Albanians
DZA|Algeria|Algiers|Algerian,Algerians
AND|Andorra|Andorra la Vella|Andorran
AGO|Angola|Luanda|Angolan,Angolans
ARG|Argentina|Buenos Aires|Argentine,Argentinian,Argentines,Argentinians
ARM|Armenia|Yerevan|Armenian,Armenians
AUS|Australia|Canberra|Australian,Australians
AUT|Austria|Vienna|Austrian,Austrians
AZE|Azerbaijan|Baku|Azerbaijani,Azeri,Azerbaijanis,Azeris
BHS|Bahamas|Nassau|Bahamian
BHR|Bahrain|Manama|Bahraini,Bahrainis
BGD|Bangladesh|Dhaka|Bangladeshi,Bangladeshis
BRB|Barbados|Bridgetown|Barbadian
BLR|Belarus,Republic of Belarus,Byelorussia,Belorussia|Minsk|Belarusian,Belarusians,Belarussian,Belarussians,Belorussian,Byelorussian
BEL|Belgium|Brussels|Belgian,Belgians
BLZ|Belize|Belmopan|Belizean
BEN|Benin|Porto-Novo|Beninese
BTN|Bhutan|Thimphu|Bhutanese
BOL|Bolivia|La Paz|Bolivian,Bolivians
BIH|Bosnia and Herzegovina,Bosnia-Herzegovina,Bosnia|Sarajevo|Bosnian,Bosnians
BWA|Botswana|Gaborone|Botswanan
BRA|Brazil|Brasilia,Brasília|Brazilian,Brazilians
BRN|Brunei|Bandar Seri Begawan|Bruneian
BGR|Bulgaria|Sofia|Bulgarian,Bulgarians
BFA|Burkina Faso|Ouagadougou|Burkinabe
BDI|Burundi|Bujumbura|Burundian,Burundians
KHM|Cambodia|Phnom Penh|Cambodian,Cambodians
CMR|Cameroon|Yaounde,Yaoundé|Cameroonian,Cameroonians
CAN|Canada|Ottawa|Canadian,Canadians
CPV|Cape Verde|Praia|Cape Verdean
CAF|Central African Republic|Bangui|Central African
TCD|Chad|N'Djamena|Chadian,Chadians
CHL|Chile|Santiago|Chilean,Chileans
CHN|China,People's Republic of China,PRC|Beijing|Chinese
COL|Colombia|Bogota,Bogotá|Colombian,Colombians
COD|Democratic Republic of the Congo,Democratic Republic of Congo,DR Congo,DRC|Kinshasa|Congolese
COG|Republic of the Congo,Congo-Brazzaville|Brazzaville|
CRI|Costa Rica|San Jose|Costa Rican,Costa Ricans
HRV|Croatia|Zagreb|Croatian,Croat,Croatians,Croats
CUB|Cuba|Havana|Cuban,Cubans
CYP|Cyprus|Nicosia|Cypriot,Cypriots
CZE|Czech Republic,Czechia|Prague|Czech,Czechs
DNK|Denmark|Copenhagen|Danish,Danes
DJI|Djibouti|Djibouti City|Djiboutian
DOM|Dominican Republic|Santo Domingo|Dominican,Dominicans
ECU|Ecuador|Quito|Ecuadorian,Ecuadorean,Ecuadorians
EGY|Egypt|Cairo|Egyptian,Egyptians
SLV|El Salvador|San Salvador|Salvadoran,Salvadorans
GNQ|Equatorial Guinea|Malabo|Equatoguinean
ERI|Eritrea|Asmara|Eritrean,Eritreans
EST|Estonia|Tallinn|Estonian,Estonians
SWZ|Eswatini,Swaziland|Mbabane|Swazi
ETH|Ethiopia|Addis Ababa|Ethiopian,Ethiopians
FJI|Fiji|Suva|Fijian,Fijians
FIN|Finland|Helsinki|Finnish,Finns
FRA|France|Paris|French,Frenchmen
GAB|Gabon|Libreville|Gabonese
GMB|Gambia,The Gambia|Banjul|Gambian,Gambians
GEO|Georgia|Tbilisi|Georgian,Georgians
DEU|Germany,Federal Republic of Germany|Berlin|German,Germans
GHA|Ghana|Accra|Ghanaian,Ghanaians
GRC|Greece|Athens|Greek,Greeks
GTM|Guatemala|Guatemala City|Guatemalan,Guatemalans
GIN|Guinea|Conakry|Guinean,Guineans
GNB|Guinea-Bissau|Bissau|
GUY|Guyana|Georgetown|Guyanese
HTI|Haiti|Port-au-Prince|Haitian,Haitians
HND|Honduras|Tegucigalpa|Honduran,Hondurans
HKG|Hong Kong||Hongkonger,Hongkongers
HUN|Hungary|Budapest|Hungarian,Hungarians
ISL|Iceland|Reykjavik|Icelandic,Icelanders
IND|India|New Delhi,Delhi|Indian,Indians
IDN|Indonesia|Jakarta|Indonesian,Indonesians
IRN|Iran,Islamic Republic of Iran|Tehran,Teheran|Iranian,Iranians
IRQ|Iraq|Baghdad|Iraqi,Iraqis
IRL|Ireland|Dublin|Irish
ISR|Israel|Jerusalem|Israeli,Israelis
ITA|Italy|Rome|Italian,Italians
CIV|Ivory Coast,Cote d'Ivoire,Côte d'Ivoire|Yamoussoukro|Ivorian,Ivorians
JAM|Jamaica|Kingston|Jamaican,Jamaicans
JPN|Japan|Tokyo|Japanese
JOR|Jordan|Amman|Jordanian,Jordanians
KAZ|Kazakhstan|Astana,Nur-Sultan|Kazakh,Kazakhstani,Kazakhs
KEN|Kenya|Nairobi|Kenyan,Kenyans
XKX|Kosovo|Pristina|Kosovan,Kosovar,Kosovars
KWT|Kuwait|Kuwait City|Kuwaiti,Kuwaitis
KGZ|Kyrgyzstan|Bishkek|Kyrgyz
LAO|Laos|Vientiane|Laotian,Laotians
LVA|Latvia|Riga|Latvian,Latvians
LBN|Lebanon|Beirut|Lebanese
LSO|Lesotho|Maseru|Basotho
LBR|Liberia|Monrovia|Liberian,Liberians
LBY|Libya|Tripoli|Libyan,Libyans
LIE|Liechtenstein|Vaduz|
LTU|Lithuania|Vilnius|Lithuanian,Lithuanians
LUX|Luxembourg||Luxembourger
MDG|Madagascar|Antananarivo|Malagasy,Madagascan
MWI|Malawi|Lilongwe|Malawian,Malawians
MYS|Malaysia|Kuala Lumpur|Malaysian,Malaysians
MDV|Maldives||Maldivian,Maldivians
MLI|Mali|Bamako|Malian,Malians
MLT|Malta|Valletta|Maltese
MRT|Mauritania|Nouakchott|Mauritanian,Mauritanians
MUS|Mauritius|Port Louis|Mauritian
MEX|Mexico|Mexico City|Mexican,Mexicans
MDA|Moldova|Chisinau,Chișinău|Moldovan,Moldovans
MCO|Monaco||Monegasque
MNG|Mongolia|Ulaanbaatar,Ulan Bator|Mongolian,Mongolians
MNE|Montenegro|Podgorica|Montenegrin,Montenegrins
MAR|Morocco|Rabat|Moroccan,Moroccans
MOZ|Mozambique|Maputo|Mozambican,Mozambicans
MMR|Myanmar,Burma|Naypyidaw|Burmese
NAM|Namibia|Windhoek|Namibian,Namibians
NPL|Nepal|Kathmandu|Nepali,Nepalese
NLD|Netherlands,Holland|Amsterdam|Dutch,Dutchmen
NZL|New Zealand|Wellington|New Zealander,New Zealanders
NIC|Nicaragua|Managua|Nicaraguan,Nicaraguans
NER|Niger|Niamey|Nigerien
NGA|Nigeria|Abuja|Nigerian,Nigerians
PRK|North Korea,DPRK,Democratic People's Republic of Korea|Pyongyang|North Korean,North Koreans
MKD|North Macedonia,Macedonia|Skopje|Macedonian,Macedonians
NOR|Norway|Oslo|Norwegian,Norwegians
OMN|Oman|Muscat|Omani,Omanis
PAK|Pakistan|Islamabad|Pakistani,Pakistanis
PSE|Palestine,Palestinian Territories,State of Palestine|Ramallah|Palestinian,Palestinians
PAN|Panama|Panama City|Panamanian,Panamanians
PNG|Papua New Guinea|Port Moresby|Papua New Guinean
PRY|Paraguay|Asuncion|Paraguayan
PER|Peru|Lima|Peruvian,Peruvians
PHL|Philippines|Manila|Filipino,Philippine,Filipinos
POL|Poland|Warsaw|Polish,Poles
PRT|Portugal|Lisbon|Portuguese
QAT|Qatar|Doha|Qatari,Qataris
ROU|Romania|Bucharest|Romanian,Romanians
RUS|Russia,Russian Federation|Moscow|Russian,Russians
RWA|Rwanda|Kigali|Rwandan,Rwandans
SAU|Saudi Arabia,Kingdom of Saudi Arabia|Riyadh|Saudi,Saudi Arabian,Saudis
SEN|Senegal|Dakar|Senegalese
SRB|Serbia|Belgrade|Serbian,Serb,Serbians,Serbs
SYC|Seychelles|Victoria|Seychellois
SLE|Sierra Leone|Freetown|Sierra Leonean
SGP|Singapore||Singaporean,Singaporeans
SVK|Slovakia|Bratislava|Slovak,Slovakian,Slovaks
SVN|Slovenia|Ljubljana|Slovenian,Slovene,Slovenians,Slovenes
SOM|Somalia|Mogadishu|Somali,Somalis
ZAF|South Africa|Pretoria|South African,South Africans
KOR|South Korea,Republic of Korea|Seoul|South Korean,South Koreans
SSD|South Sudan|Juba|South Sudanese
ESP|Spain|Madrid|Spanish,Spaniards
LKA|Sri Lanka|Colombo|Sri Lankan,Sri Lankans
SDN|Sudan|Khartoum|Sudanese
SUR|Suriname|Paramaribo|Surinamese
SWE|Sweden|Stockholm|Swedish,Swedes
CHE|Switzerland|Bern,Berne|Swiss
SYR|Syria,Syrian Arab Republic|Damascus|Syrian,Syrians
TWN|Taiwan,Republic of China|Taipei|Taiwanese
TJK|Tajikistan|Dushanbe|Tajik,Tajiks
TZA|Tanzania|Dodoma|Tanzanian,Tanzanians
THA|Thailand|Bangkok|Thai,Thais
TLS|East Timor,Timor-Leste|Dili|East Timorese
TGO|Togo|Lomé|Togolese
TTO|Trinidad and Tobago|Port of Spain|Trinidadian
TUN|Tunisia|Tunis|Tunisian,Tunisians
TUR|Turkey,Türkiye,Turkiye|Ankara|Turkish,Turks
TKM|Turkmenistan|Ashgabat|Turkmen
UGA|Uganda|Kampala|Ugandan,Ugandans
UKR|Ukraine|Kyiv,Kiev|Ukrainian,Ukrainians
ARE|United Arab Emirates,UAE,U.A.E.,Emirates|Abu Dhabi|Emirati,Emiratis
GBR|United Kingdom,UK,U.K.,Britain,Great Britain|London|British,Britons,Brits
USA|United States,United States of America,US,U.S.,USA,U.S.A.,America|Washington,Washington D.C.,Washington DC|American,Americans
URY|Uruguay|Montevideo|Uruguayan,Uruguayans
UZB|Uzbekistan|Tashkent|Uzbek,Uzbeks
VUT|Vanuatu|Port Vila|
VAT|Vatican City,Vatican,Holy See||
VEN|Venezuela|Caracas|Venezuelan,Venezuelans
VNM|Vietnam,Viet Nam|Hanoi|Vietnamese
YEM|Yemen|Sanaa,Sana'a|Yemeni,Yemenis
ZMB|Zambia|Lusaka|Zambian,Zambians
ZWE|Zimbabwe|Harare|Zimbabwean,Zimbabweans
"""

# "Republic of China" and its like would claim what the usual name already says, or mean another country.
_OFFICIAL_LEAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Country:
    """A country with the names that the press gives it."""

    code: str
    names: tuple[str, ...]
    capitals: tuple[str, ...]
    demonyms: tuple[str, ...]

    @property
    def id(self) -> str:
        """Return the entity id: the usual name as a slug."""
        return slug(self.names[0])


def slug(name: str) -> str:
    """Write a name as an id: lower case, hyphens, nothing else but letters and digits."""
    return re.sub(r"[\W_]+", "-", re.sub(r"['’`.]", "", name.casefold())).strip("-") or "unnamed"  # noqa: RUF001


@cache
def world() -> tuple[Country, ...]:
    """Give the countries and territories of the world, each with its ISO 3166-1 alpha-3 code (Kosovo as XKX)."""
    table = [_country(line) for line in _TABLE.strip().splitlines()]
    listed = {country.code for country in table}
    taken = {name for country in table for name in country.names}
    return (
        *(_with_official_name(country, taken) for country in table),
        *(
            Country(code=other.alpha_3, names=(_plain_name(other.name),), capitals=(), demonyms=())
            for other in pycountry.countries
            if other.alpha_3 not in listed
        ),
    )


def _country(line: str) -> Country:
    code, names, capitals, demonyms = line.split("|")
    return Country(
        code=code,
        names=tuple(names.split(",")),
        capitals=tuple(filter(None, capitals.split(","))),
        demonyms=tuple(filter(None, demonyms.split(","))),
    )


def _with_official_name(country: Country, taken: set[str]) -> Country:
    found = pycountry.countries.get(alpha_3=country.code)
    official = getattr(found, "official_name", "")
    if not official or official in taken or len(official.split()) < _OFFICIAL_LEAST_WORDS:
        return country
    return Country(country.code, (*country.names, official), country.capitals, country.demonyms)


def _plain_name(name: str) -> str:
    """Turn "Virgin Islands, U.S." into "U.S. Virgin Islands"."""
    head, _, tail = name.partition(", ")
    return f"{tail} {head}" if tail else head
