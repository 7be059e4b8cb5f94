"""Words that the table's rows look for beside a number, and words that are no names of persons.

The languages are those of the programme: English, French, and the official languages of the ten
states with which it works most (Albanian, Armenian, Azerbaijani, Bosnian, Croatian, Serbian and
Montenegrin, Georgian, Romanian, Turkish, Ukrainian), with Russian, which is written in several of
them. Write a word as people write it: it is made plain, as the texts are.
"""

from endocsea.support.guard.plain import plain

BIRTH_DATE = """
date of birth|birth ?date|d\\.?o\\.?b\\.?|date de naissance|datelindja|date e lindjes|datum rođenja
|датум рођења|data nașterii|data de naștere|doğum tarixi|doğum tarihi|təvəllüd|дата народження
|дата рождения|დაბადების თარიღი|ծննդյան ամսաթիվ
"""

BORN = """
born(?: on| in)?|(?<=[ (])b\\.|né(?:\\(e\\)|e)?(?: le| en)?|lindur(?: më| në)?|rođena?(?: dana)?
|рођена?(?: дана)?|născută?(?: la| pe| în)?|doğulub|doğulmuş|doğumlu|народи(?:вся|лася)|родил(?:ся|ась)
|დაბადებული|დაიბადა|ծնված|ծնվել(?: է)?
"""

# Written after the date: "12.03.2009 doğumlu", "12.03.2009 г.р."
BORN_AFTER = "doğumlu|doğulub|təvəllüdlü|г\\.? ?р\\.?|р\\.? ?н\\.?|года рождения|року народження|rođen"

YEARS_OLD = """
years?(?:[ -]old)?|yrs?(?:[ -]old)?|y\\.?/?o\\.?|ans|vjeç(?:are?)?|yaş(?:ında|lı)?|godin[aeu]|година?
|године|ani|лет(?:няя|ний)?|годика?|рок(?:ів|и|у)|річн(?:а|ий)|წლის|տարեկան
"""

AGED = "aged?|âgée? de|moshë|në moshën|yaşı|starosti|vârsta|возраст|вік|ասակ|ასაკი"

CHILD = "girl|boy|child|victim|pupil|student|minor|son|daughter|sister|brother|teenager|schoolgirl|schoolboy"

CASE = """
(?:criminal |court |police |civil )?(?:case|complaint|docket|indictment|proceedings?)
|(?:case |criminal )?file|(?:police|incident|crime|cybertip(?:line)?|ncmec|tipline) report
|cybertip(?:line)?|criminal investigation|investigation|pre-trial investigation|arrest warrant
|search warrant|affaire(?: pénale)?|dossier(?: pénal| judiciaire)?|procès[ -]verbal
|procédure(?: pénale)?|enquête(?: pénale)?|plainte|parquet|çështj[ae](?: penale)?|dosj[ae]
|procedimi?t?(?: penal)?|kallëzimi?(?: penal)?|(?:krivični |sudski |istražni )?predmeta?|slučaja?|spisa?
|(?:кривични |судски )?предмета?|случаја?|dosar(?:ul|ului)?(?: penal)?|cauza(?: penală)?
|plângere(?:a)?(?: penală)?|cinayət işi|dosya|soruşturma|esas|(?:кримінальн(?:а|ої) )?справ[аи]
|кримінальне провадження|кримінального провадження|єрдр|(?:уголовн(?:ое|ого) )?дел[оа]|კუსპ
|уголовное дело|кусп|(?:სისხლის სამართლის )?საქმ(?:ე|ის)|(?:քրեական )?գործի?
"""

NUMBER = """
numbers?|nos?\\.?|nrs?\\.?|num\\.?|numéro|n[or]?°|n\\.|br\\.?|broj|бр\\.?|број|ном(?:ер|\\.)|sayılı
|nömrə(?:si)?|numaras[ıi]|numri|numărul|ნომერი|թիվ|համարը?|#|id|ref\\.?|reference
"""

PHONE = """
tel|téléphone|telephone|telefon(?:i|u|ul|o|en)?|phones?|mobiles?|portable|cell(?:phone)?|gsm|fax|viber
|whatsapp|telegram|signal|call(?: me| us| her| him| them)?|dial|appele[rz]|joindre
|numër(?:i)?(?: telefoni)?|celular[i]?|mobil(?:ni|nog|ul)?|mob|nazvati|nömrə|телефону?|тел|моб|звоните
|телефонуйте|ტელეფონი|ტელ|მობილური|հեռախոս(?:ահամար)?|հեռ
"""

IDENTITY = """
passports?|passeports?|identity (?:card|number|document)s?|id (?:card|number|no)s?
|personal (?:id|identification|code|number)s?
|national (?:id|insurance|identification) ?(?:number|card)?s?|social security|carte d'identité
|sécurité sociale|pièce d'identité|pasaportë?s?|letërnjoftimi?|numri personal|nid|jmbg|јмбг|lična karta
|lične karte|лична карта|pasoša?|пасоша?|matični broj|матични број|idnp|cnp|buletin(?:ul)?
|pașaport(?:ul|ului)?|egn|егн|pesel|oib|emšo|vəsiqə(?:si)?|pasportu?|fin kod(?:u)?|kimlik(?: no)?
|t\\.?c\\.? ?(?:kimlik)?(?: no)?|паспорта?|рнокпп|іпн|инн|снилс|ідентифікаційний (?:код|номер)
|პირადი ნომერი|პ/ნ|პასპორტი|անձնագ(?:իր|րի)|հծհ
"""

# Where one of these is between a word and its number, or just before, the thing is published.
PUBLISHED = """
vs?\\.? |c\\. |human rights|ecthr|echr|cedh|hudoc|droits de l'homme|cjeu|cjue|ecli
"""

UNITS = """
eur|euros?|€|usd|us\\$|\\$|dollars?|chf|francs?|gbp|£|pounds?|mdl|rsd|dinars?|bam|lek[ëu]|amd|drams?|azn
|manats?|gel|laris?|uah|hryvnias?|%|per ?cent|pour ?cent|millions?|milliards?|billions?
"""

# What is written with capitals in this programme and is no person: institutions, texts, places, days.
NOT_NAMES = """
a an the this that these those in on at of for from by to with and or but if as after before since until
during under within le la les l un une des du de au aux en dans par pour sur avec et ou mais si après
avant depuis pendant sous entre all any each every both some many most no not none only it its he she
they we you who which when where while child children minor minors girl girls boy boys person persons
people adult adults youth youths teenager teenagers pupil pupils student students parent parents victim
victims witness witnesses suspect suspects offender offenders perpetrator perpetrators survivor
survivors user users citizen citizens anyone everyone someone nobody man woman men women family families
enfant enfants mineur mineure mineurs mineures personne personnes adulte adultes fille filles garçon
garçons jeune jeunes élève élèves victime victimes témoin témoins auteur auteurs article articles art
section sections paragraph paragraphs chapter chapters part parts annex annexes appendix table figure
box page pages law laws act acts code codes bill bills decree decrees regulation regulations directive
directives resolution resolutions recommendation recommendations decision decisions order orders
ordinance protocol protocols convention conventions treaty treaties charter strategy strategies plan
plans programme programmes program project projects policy policies guideline guidelines guidance
standard standards loi lois décret règlement résolution recommandation décision protocole traité charte
stratégie projet politique council commission committee committees court courts tribunal parliament
assembly government governments cabinet ministry ministries minister ministers ministère president
presidency prime office offices agency agencies authority authorities department departments directorate
division unit units bureau centre centres center centers institute institutes institution institutions
university faculty academy school schools college inspectorate ombudsman ombudsperson commissioner
prosecutor prosecutors police force forces service services bar chamber conseil comité cour parlement
assemblée gouvernement agence autorité direction unité institut université école association
associations foundation fund union federation network alliance coalition group groups team teams forum
board society organisation organization organisations organizations company house home hotline helpline
line general national federal regional local public international european supreme constitutional high
first second third special criminal civil penal social digital online cyber internet computer sexual
safe safer human rights right protection support help security justice interior education health labour
welfare foreign affairs technology information communication media data science culture général
nationale fédéral régional internationale européen européenne suprême constitutionnelle numérique sexuel
humain droits droit soutien aide sécurité intérieur éducation santé travail criminality crime crimes
cybercrime exploitation abuse violence trafficking prevention training trainings workshop workshops
conference seminar meeting meetings visit study report reports review survey research campaign day days
week weeks month year years edition version steering working contact focal point points task round
europe europol eurojust interpol unicef unesco undp osce lanzarote budapest istanbul strasbourg geneva
warsaw brussels vienna hague paris london rome madrid berlin lisbon athens sofia bucharest zagreb
ljubljana sarajevo podgorica belgrade tirana skopje pristina kyiv kiev chisinau tbilisi yerevan baku
ankara moscow minsk riga vilnius tallinn helsinki stockholm oslo copenhagen dublin reykjavik valletta
nicosia bern monaco andorra vaduz prague bratislava warszawa luxembourg albania armenia austria
azerbaijan belgium bosnia herzegovina bulgaria croatia cyprus czechia czech denmark estonia finland
france georgia germany greece hungary iceland ireland italy latvia liechtenstein lithuania malta moldova
montenegro netherlands north south east west northern southern eastern western macedonia norway poland
portugal romania russia russian san marino serbia slovakia slovak slovenia spain sweden switzerland
türkiye turkey ukraine united kingdom states republic republika srpska kosovo england wales scotland
albanian armenian austrian azerbaijani belgian bosnian bulgarian croatian cypriot danish estonian
finnish french georgian german greek hungarian icelandic irish italian latvian lithuanian maltese
moldovan montenegrin dutch norwegian polish portuguese romanian serbian slovenian spanish swedish swiss
turkish ukrainian british english american canadian roma albanie arménie autriche azerbaïdjan belgique
bosnie herzégovine bulgarie croatie chypre tchéquie danemark estonie finlande géorgie allemagne grèce
hongrie islande irlande italie lettonie lituanie malte moldavie monténégro pays bas macédoine norvège
pologne roumanie russie saint marin serbie slovaquie slovénie espagne suède suisse turquie royaume uni
arden belmora corvia dunmere january february march april may june july august september october
november december janvier février mars avril mai juin juillet août septembre octobre novembre décembre
monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi
dimanche permanent representation mission embassy ii iii iv vi vii viii ix rt adopted opened signed
ratified published updated accessed entry status source note notes see also about official gazette
journal resmi gazete monitorul oficial službeni glasnik list sl fletorja zyrtare narodne novine vlada
vlade crne gore crna gora srbije srbija bosne bosna hercegovine hercegovina republike ministarstvo
ministarstva pravde qeveria qeverisë shqipërisë shqipëria ministria ministrisë kuvendi guvernul
guvernului republicii ministerul ministerului parlamentul hükümeti bakanlığı bakanlığının cumhuriyeti
meclisi azərbaycan respublikası nazirliyi nazirlər kabineti кабінет міністрів україни верховна рада
міністерство закон указ постанова наказ правительство министерство республика республики влада владе
србије република републике министарство
"""


def alternatives(words: str) -> str:
    """The words as one alternation of a pattern, plain and in small letters."""
    return "(?:" + plain("".join(line.strip() for line in words.splitlines())).text.lower() + ")"


def listed(words: str) -> tuple[str, ...]:
    """The words as a list without repeats, plain and in small letters."""
    return tuple(dict.fromkeys(plain(words).text.lower().split()))
