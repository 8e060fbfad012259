import { anyOf, type Topic } from './spoken.ts'

/** Words about rows, keys and what hangs on them. */
const settled = '(?:removed|cleaned|settled|merged|resolved|fixed|deleted|de-?dup\\S*|checked|gone|none|remove|clean|merge|resolve|delete|fix|bereinigt|entfernt|supprim\\S+|eliminad\\S+|limpi\\S+)'
/** Not after a denial: what nobody has cleaned is still there. */
const still = "(?<!(?:\\bnot|n't|\\bnever|\\bnobody(?: has)?|\\bto be|\\bneed(?:s|ed)? to|\\bmust be|\\bshould be) (?:\\S+ ){0,2})"
const unlessSettled = (what: string): RegExp => new RegExp(`\\b${still}${settled} (?:\\S+ ){0,4}?${what}|${what}\\S* (?:\\S+ ){0,5}?${still}${settled}\\b|\\b(?:zero|0) ${what}|${what}\\S*\\W{1,3}(?:none|0)\\b|(?:refus|reject|prevent|stop|avoid|block|forbid)\\S* (?:\\S+ ){0,3}?${what}`)

export const duplicates: Topic = { words: anyOf(
  /duplicat(?:e|es|ed|ion)\b(?! (?:key|index|indexes|code|effort))|\bdoppelte|dubletten|duplikate|doublons?|duplicad[oa]s?/,
  /(?:same|identical) (?:email|value|name)s? (?:twice|more than once)/,
), unless: unlessSettled('(?:duplicat|doppelt|dublett|doublon)') }
export const emptyRows: Topic = { words: anyOf(
  /(?:some|many|few|old|older|existing|half|are|has|have|had|contains?|\d\S*)(?: \S+){0,4}? (?:nulls?\b|empty|missing)/,
  /null (?:values|rows) (?:exist|remain|left)|nulls (?:exist|remain|left)/,
), unless: unlessSettled('(?:nulls?|empty|missing)') }
export const orphanRows: Topic = { negative: true, words: /orphan|dangling|verwaist|orphelin|hu[eé]rfan|(?:point|refer)\S* to (?:\S+ ){0,3}?(?:deleted|missing|nothing|gone|no longer exist|(?:do not|don't) exist)/, unless: unlessSettled('(?:orphan|dangling|verwaist)') }
export const brokenRows: Topic = { words: /(?:some|many|existing|old|few|\d\S*)(?: \S+){0,4}? (?:violat|break|negative|fail|invalid)|violat\S+ (?:rows|exist)|invalid rows/, unless: unlessSettled('(?:violat|invalid|negative)') }

/** Texts that are no value of the type they are to become. */
export const unreadableRows: Topic = { words: anyOf(
  /(?:some|many|few|old|older|existing|half|\d\S*)(?: \S+){0,4}? (?:hold|holds|contain|contains|have|has|are|say|read|is) (?:\S+ ){0,4}?(?:n\/a|garbage|junk|free text|empty strings?|blanks?|letters|words|commas|currency signs?|unknown|tbd|-)(?= |$|,|\.)/,
  /(?:unparsable|unparseable|malformed|unreadable|not parse|can't be parsed|cannot be parsed)/,
), unless: unlessSettled('(?:n/a|garbage|empty|blank|malformed|unparse?able)') }

export const silentWriters: Topic = {
  negative: true,
  words: anyOf(
    /(?:old|older|mobile|other|some|legacy|existing|third.?party|partner)(?: \S+){0,4}? (?:doesn't|don't|does not|do not|not yet|still (?:omit|skip|leave)s?|cannot|never|won't|will not|can't)(?: \S+){0,3}? (?:send|set|write|fill|provide|know)/,
    /(?:doesn't|does not|don't|do not|won't|not yet) (?:\S+ ){0,2}?(?:send|fill|provide|set) (?:it|this|the (?:column|field|value))\b(?! to null)/,
    /(?:still|sometimes) (?:send|set|write|fill|insert)s? (?:\S+ ){0,2}?(?:null|nothing|empty)/,
  ),
}

export const requiredColumn: Topic = { words: anyOf(
  /\bnot null\b|\brequired (?:column|field|for)|(?:must be|is|column is|field is) (?:required|mandatory|filled)\b|mandatory (?:column|field)/,
  /non.?null|pflichtfeld|champ obligatoire|campo obligatorio/,
), negative: true, unless: /\b(?:may|can|could) be null|nullable (?:is )?(?:fine|ok|true)|not required|not mandatory|later|next release|for now/ }

export const loseNothing: Topic = { negative: true, words: anyOf(
  /(?:must not|may not|cannot|can't|never|without|don't|do not) (?:\S+ ){0,2}?(?:lose|losing|truncat|cut|round)/,
  /no (?:\S+ )?(?:data loss|truncation|loss of|rounding)|lossless|ohne datenverlust|sans perte|sin p[eé]rdida/,
) }

export const views: Topic = {
  words: anyOf(
    /materiali[sz]ed views?|\bmat.?views?\b|(?:sql|db|database|reporting|postgres|bi|metabase|analytics|vista|reports?) views?\b/,
    /(?:reads?|quer\S+|select\S*|access\S*|exposed?|reports?|fed|goes|go) (?:\S+ ){0,5}?(?:through|via|by|from|over|behind) (?:a|an|the|our|some|two|three|\d+) (?:\S+ )?views?\b/,
    /\bviews? (?:\S+ ){0,3}?(?:depends?|use|uses|using|reads?|select|selects|refer|refers|built|on top|over)\b/,
    /(?:used|read|referenced|needed) (?:in|by) (?:\S+ ){0,3}?views?\b|vistas? (?:materializadas?|que|sobre)|vues? (?:mat[eé]rialis[eé]es?|qui|sur)/,
    /sichten? (?:lesen|nutz|verwend|greif)/,
  ),
  unless: /page.?views?|view (?:count|model|layer|controller|set)|views? (?:\S+ ){0,2}?(?:were|are|is|was) (?:dropped|removed|gone)/,
}

export const uniqueRule: Topic = { words: /\bunique\b|uniqueness|eindeutig|unicit[eé]|[uú]nic[oa]s?\b/, unless: /not unique|unique (?:visitors|users|per partition)|unique (?:\S+ ){0,3}(?:with|including|plus|and) (?:\S+ ){0,3}(?:partition|date|month|created)/ }
export const partitionedBy: Topic = { words: /partition(?:ed|iert|n[eé]e?|ad[oa])? (?:by|on|nach|par|por) (?:range |list |hash )?\(?([a-z_][a-z0-9_]*)/ }

const rls = '(?:\\brls\\b|row.?(?:level.?)?security)'
export const policiesLater: Topic = {
  negative: true,
  words: new RegExp([
    `${rls} (?:\\S+ ){0,6}?(?:first\\b|before (?:the |any |our )?polic|without (?:any )?polic|with no polic)`, 'polic\\S+ (?:\\S+ ){0,5}?(?:later|next|afterwards|after (?:the |we |that|it|rls|row|enabl)|follow|come after|in (?:a|the) (?:next|later)|once)', '\\bno policies yet|policies (?:are )?(?:not|still) (?:\\S+ ){0,2}?(?:written|missing|there|ready)',
    '(?:policies|policys|richtlinien|regeln) (?:\\S+ ){0,4}?(?:sp[aä]ter|danach|folgen|nachher)', '(?:politiques?|pol[ií]ticas?) (?:\\S+ ){0,5}?(?:plus tard|apr[eè]s|ensuite|despu[eé]s|luego|m[aá]s tarde|depois)',
  ].join('|')),
  unless: new RegExp(`polic\\S+ (?:\\S+ ){0,3}?(?:first|before)\\b|${rls} (?:\\S+ ){0,4}?after (?:the )?polic|never (?:\\S+ ){0,3}without|(?:retention|password|backup|privacy|cookie|refund) polic`),
}
export const rowSecurity: Topic = { words: new RegExp(rls) }

export const hypertables: Topic = { words: /timescale|hypertable/ }

const production = '(?:prod(?:uction|uktion\\S*|ucci[oó]n)?|live)(?:\'s)?'
const copying = '(?:cop(?:y|ies|ied|ying)|dump\\S*|snapshots?|clon\\S+|restor\\S+|back.?ups?|subset|import\\S*|refresh\\S*|seed\\S*|replic\\S*|anonymi\\S+|mask\\S*|scrub\\S*|pseudonymi\\S+|kopie\\S*|kopier\\S*|spielen|copi\\S+|volcado|sauvegarde|real|customer)'
const lower = anyOf(
  /\bstaging\b|\bdev\b|development|developers?|test (?:env\S*|system|server|database|db|data)|\btests\b|\bqa\b|\buat\b|preview|pre-?prod|sandbox/,
  /\bdemo\b|laptops?|local (?:env\S*|database|db|work|dev)|lower env|entwicklung|test(?:umgebung|system|datenbank)|recette|integration env/,
  /pruebas|homologa|seed/,
)
/** What comes from production and is no copy of its rows. */
const noRows = anyOf(
  /(?:bug|error|crash) reports?|screenshots?|was (?:once|a mistake)|in the past|we (?:deleted|stopped|ended) (?:it|that|this)/,
  /prod\S*-(?:size|like|scale|grade)|as (?:large|big) as prod|schema.?only|only (?:the )?schema|structure only|without (?:any )?(?:data|rows)\b/,
  /no rows/,
)
const maskedInside = /(?:mask|anonymi|pseudonymi|scrub)\S* (?:\S+ ){0,4}?(?:before (?:\S+ ){0,3}?(?:leav|cop|restor|export|import|load|ship)|(?:inside|within|in) (?:the )?prod)/
export const productionCopies: Topic = { words: new RegExp(`${production}(?: \\S+){0,5}? ${copying}|${production}(?:[ -]\\S+){0,2}[ -](?:data|rows|daten|datos|base)\\b|${copying} (?:\\S+ ){0,5}?(?:${production}|produktions\\S+|producci[oó]n|la base de prod)`), beside: lower, unless: new RegExp(`${noRows.source}|${maskedInside.source}`) }
export const masks: Topic = { words: /mask|anonymi|pseudonymi|scrub|redact/ }
export const regimes: readonly (readonly [id: string, Topic])[] = [['hipaa', { words: /\bhipaa\b|\bphi\b/ }], ['gdpr', { words: /\bgdpr\b|\bdsgvo\b|\brgpd\b/ }]]

export const smallKey: Topic = { words: /\bsmall(?:int|serial)\b(?:\S* \S+){0,4}? ?(?:id|key|pk|primary|serial|sequence)?|(?:id|key|pk|primary key) (?:\S+ ){0,3}?small(?:int|serial)/ }
export const bigKey: Topic = { words: /\bbig(?:int|serial)\b|\bint8\b|\buuids?\b|\bulids?\b|\bsnowflake/, unless: /\b(?:to|into|towards|in) (?:a )?(?:bigint|bigserial|int8|uuid)/ }
export const unsignedKey: Topic = { words: /\bunsigned\b/ }
export const keyAt: Topic = { words: anyOf(
  /\b(?:ids?|keys?|sequence|serial|auto.?increment|pk)\b(?: \S+){0,5}? (?:at|reached|is|are|past|over|above|near|about|around|passed|hits?|to) (?:about |over |around |past |nearly |almost |~)?(\d[\d.,_' ]*(?:billion|milliarden|mrd|bn|b|million|mio|m)?)\b(?! ?(?:%|percent|rows|users|a day|per|ms|s\b))/,
) }

export const hotTable: Topic = { words: anyOf(
  /\bhot(?:test)? (?:table|path|row)|table is (?:very |extremely |really )?(?:hot|busy)|(?:thousands|hundreds) of (?:writes|updates|inserts)/,
  /busiest (?:table|one)|heavy (?:writes|write load)|(?:every|each) request (?:writes|updates|inserts)|write.?heavy|stark beschrieben/,
) }
export const updatedInPlace: Topic = { words: /counters?\b|queue|sessions?\b|heartbeat|cache|upsert|updated? in place|same rows|overwrit|job table|outbox|leaderboard|rate.?limit/ }

export const erasure: Topic = { words: anyOf(
  /(?:ask|request|demand)\S* (?:\S+ ){0,3}?(?:erase|delet|remov)|erase (?:their|personal|user|customer) data|data subject request/,
  /(?:gdpr|dsgvo) (?:\S+ ){0,2}?(?:deletion|erasure)|right to (?:erasure|be forgotten|deletion)|erasure requests?|deletion requests?/,
  /delete (?:\S+ ){0,4}?on request|l[oö]schpflicht|recht auf (?:l[oö]schung|vergessen)|droit [aà] l'(?:oubli|effacement)|derecho al olvido/,
), unless: /(?:purge|erase|hard.?delete)\S* (?:\S+ ){0,4}?(?:after|within|job|later)/ }

export const referredTo: Topic = { words: anyOf(
  /foreign.?keys? (?:\S+ ){0,4}?(?:point|refer|(?:on|to|at) (?:it|this)\b|from other|in other)|(?:point|refer)\S* (?:at|to) (?:it|this table)/,
  /other tables (?:\S+ ){0,2}?(?:refer|point|reference|depend)|referenced by (?:\S+ ){0,2}?(?:tables?|keys?)/,
) }
export const extendedSupport: Topic = { words: /extended (?:security )?support|\besu\b|\bels\b|paid support/ }
export const upgrading: Topic = { words: /upgrad\S*|(?:move|moving|migrat\S+|switch\S*) (?:\S+ ){0,3}?to (?:postgres|pg|mysql|mariadb|mongo|version|v)/ }
/** The cloud sells it under days of its own. */
export const aurora: Topic = { words: /\baurora\b/ }
