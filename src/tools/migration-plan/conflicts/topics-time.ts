import { anyOf, type Topic } from './spoken.ts'

/** Words about time, releases and the way back. Patterns are read in lower case, on one line, with plain quotes and dashes. */
export const zeroDowntime: Topic = {
  negative: true,
  words: anyOf(
    /zero.?down.?time|(?:not|never|no) (?:even )?(?:a|one) (?:single )?(?:second|minute) (?:of )?(?:down|offline)/,
    /(?:no|without) (?:\S+ )?(?:down.?time|outages?|interruptions?)\b/,
    /(?:down.?time|outages?|interruptions?) (?:is|are|was|will be)? ?(?:not|never) (?:an option|accept|allow|possible|toler)/,
    /(?:cannot|can't|must not|may not|can never|must never|may never|never) (?:go|be|have|afford|accept|tolerate|take) (?:any |a )?(?:down\b|offline|unavailable|down.?time|outage)/,
    /\balways.?on\b|(?:must|has to|have to) (?:stay|remain|keep) (?:up|online|available|running)|\b24 ?[/x] ?7\b|around the clock|rund um die uhr/,
    /ohne (?:jede )?(?:ausf[aä]ll|downtime|unterbrechung)|keine? (?:ausf[aä]ll|downtime)|sans (?:interruption|coupure|arr[eê]t)/,
    /no (?:puede|debe) (?:parar|caer)|sin (?:tiempo de inactividad|ca[ií]das?|interrupci|parada)|sem (?:interrup|tempo de inatividad|downtime)/,
    /senza (?:interruzion|downtime)/,
  ),
  unless: anyOf(
    /24 ?[/x] ?7 (?:\S+ )?(?:support|on.?call|monitoring|hotline|help)|(?:support|on.?call|monitoring|hotline|team) (?:\S+ ){0,2}24 ?[/x] ?7/,
    /(?:no|without) (?:hard |strict |real )?(?:zero.)?down.?time (?:requirement|constraint|target|goal|policy|sla|need)/,
    /any down.?time (?:is|will be) (?:fine|ok)|down.?time is (?:fine|ok|accept|allow|no problem)|if (?:\S+ ){0,4}down.?time/,
  ),
}

export const recreates: Topic = {
  words: anyOf(
    /recreate (?:deploy|strategy|rollout)|(?:deploy\S*|strategy)\W{1,3}(?:is |style |strategy )?recreate\b/,
    /stop (?:the |our )?(?:app|server|service|site|container|old version)\S* (?:\S+ ){0,4}(?:start|before|then|and)/,
    /(?:app|server|service|site)s? (?:is|are|gets?) (?:stopped|shut down|taken down) (?:for|during|on|at) (?:each |every |the |a )?(?:deploy|release|update|migration)/,
    /down (?:for|during) (?:each |every |the |a )?deploy/,
  ),
}

export const maintenanceWindow: Topic = {
  words: anyOf(
    /maintenance.?window|(?:down.?time|service).?window/,
    /(?:close|shut|take) (?:the |our )?(?:site|shop|app|store) (?:down |offline )?(?:for|at|during|while|on)|wartungsfenster/,
    /fen[eê]tre de maintenance|ventana de mantenimiento|janela de manuten/,
  ),
}

const release = '(?:release|deploy(?:ment|s)?(?! (?:pipeline|tool|process|user|job|script))|go|step|migration|pr|pull request|switch|cut.?over|sprint|version|rollout)'
export const sameRelease: Topic = {
  words: new RegExp([
    `(?:in|within|with|as|by|during|of|into) (?:the |a |an |one )?(?:very )?(?:same|single|one) (?:single )?${release}\\b`, `same (?:release|deploy(?:ment)?(?! (?:pipeline|tool|process|user|job|script))|switch|cut.?over)\\b`, 'all at once\\b|one.?shot\\b', `\\bboth (?:\\S+ ){0,4}?(?:and|with) (?:\\S+ ){0,4}?(?:in|within|with|on|by) (?:that|this|the) ${release}\\b`, `(?:code|app\\S*) and (?:\\S+ ){0,4}(?:together|at the same time|in (?:that|this|the) ${release})\\b`, '(?:one|a single|the same) (?:pr|pull request|release|deploy|commit|migration) (?:that|which|to) (?:drop|remov|delet|renam)',
    '(?:drop|remov|delet|gone|get rid)\\S* (?:\\S+ ){0,6}?(?:immediately|at once|right away|straight away|instantly|today|tonight|with (?:this|the) (?:release|deploy\\S*|switch|cut.?over))\\b',
    '(?:im|mit dem|in einem|in dem) (?:selben |gleichen |einzigen )?(?:release|deploy\\S*|schritt|zug)\\b', '(?:dans|avec|en) (?:la m[eê]me|une seule|le m[eê]me|un seul) (?:version|mise en production|livraison|release|migration|d[eé]ploiement)',
    '(?:en|con) (?:el mismo|un solo|una sola|la misma) (?:despliegue|release|versi[oó]n|paso|migraci[oó]n|entrega)', '(?:no|na) mesm[oa] (?:deploy|release|vers[aã]o|entrega)', '(?:nello stesso|nella stessa) (?:rilascio|deploy|release|versione)',
  ].join('|')),
  unless: anyOf(
    /(?:next|later|following|subsequent|second|another|separate|n[aä]chsten|sp[aä]teren|siguiente|prochaine) (?:release|deploy|step|migration|sprint|version|despliegue)/,
    /(?:releases?|deploys?|weeks?|months?|sprints?) (?:later|after)|(?:one|a) (?:step|release|migration|deploy) at a time|step by step/,
    /same version of (?:node|postgres|the (?:library|tool|client))|backfill (?:\S+ ){0,3}in one/,
  ),
}
/** The same, where a removal has to be part of what was said. */
export const removalAtOnce: Topic = { ...sameRelease, beside: /drop|remov|delet|gone|get rid|l[oö]sch|entfern|supprim|elimin|borrar|apag|rimuov/ }

export const instantRollback: Topic = {
  words: anyOf(
    /instant\S* (?:\S+ ){0,2}?(?:roll.?back|revert)/,
    /roll.?backs? (?:\S+ ){0,4}?(?:instant|immediate|at any (?:time|moment|point)|any time|anytime|always|guarantee|within (?:seconds|minutes|(?:a|one) minute|\d+ ?(?:s|m)\S*)|in (?:seconds|under|less than|one click|a click)|one.?click)/,
    /(?:one.?click|immediate|push.?button) (?:roll.?back|revert)|always (?:\S+ ){0,4}(?:roll.?back|go back|revert)/,
    /(?:roll|go|switch|flip) back (?:\S+ ){0,4}?(?:instantly|immediately|at any (?:time|moment|point)|any time|anytime|always|within (?:seconds|minutes))/,
    /(?:revert|roll.?back|roll back|go back|undo) (?:\S+ ){0,5}?(?:in|within|with) (?:under |less than )?(?:seconds|minutes|(?:a|one) (?:minute|click)|\d+ ?(?:s|m)\S*)/,
    /sofort\S* (?:\S+ ){0,2}?(?:roll.?back|zur[uü]ck)|(?:roll.?back|zur[uü]ckrollen) (?:\S+ ){0,3}?(?:sofort|jederzeit|immer)/,
    /jederzeit (?:\S+ ){0,3}?zur[uü]ck|(?:roll.?back|retour (?:en )?arri[eè]re) (?:\S+ ){0,2}?(?:instantan|imm[eé]diat|[aà] tout moment)/,
    /(?:roll.?back|reversi[oó]n|vuelta atr[aá]s|marcha atr[aá]s) (?:\S+ ){0,2}?(?:instant[aá]ne|inmediat|en cualquier momento|imediat)/,
    /revenir (?:en arri[eè]re|[aà] l'ancienne version) (?:\S+ ){0,2}?(?:imm[eé]diat|instantan|[aà] tout moment)/,
    /revertir\S* (?:\S+ ){0,2}?(?:al instante|inmediat|de inmediato)|rollback (?:\S+ )?(?:istantane|immediat)/,
  ),
  unless: /(?:roll.?back|revert)\S* (?:\S+ ){0,3}(?:on|if|when) (?:\S+ ){0,3}(?:fail|error)|until (?:the )?(?:contract|drop)|before (?:the )?(?:contract|drop)/,
}

/** Who says so keeps the promise to development. */
const developmentOnly = anyOf(
  /(?:only|just|nur|solo|seulement|uniquement|apenas) (?:\S+ ){0,2}?(?:dev|local|tests?\b|laptop|entwicklung|d[eé]veloppement|desarrollo|lokal)/,
  /(?:dev\S*|tests?|local\S*)[ -]only|\blocally\b/,
  /(?:in|for|on) (?:dev(?:elopment)?|local\S*|tests?|ci|our laptops|my laptop)\b(?! (?:and|or|as well))(?!.*(?:and (?:in )?(?:prod|live)))/,
)
export const downMigration: Topic = {
  words: anyOf(
    /\bdown (?:migration|script|file|method|step|function)|\bdowns\b|(?:a|every|each|have|write|needs?|include) down\b(?! ?time)(?! for)/,
    /\bup ?(?:and|\/|&|\+) ?down\b|\bdown\(\)|\breversible\b|\breversibility\b|\bundo\b|must be (?:revertible|undoable)/,
    /roll.?back (?:script|migration|file)|r[uü]ckg[aä]ngig|umkehrbar|r[eé]versible\b|\breversibles?\b/,
  ),
  unless: developmentOnly,
}

export const noBackup: Topic = {
  negative: true,
  words: anyOf(
    /\bno (?:\S+ )?back.?ups?\b(?! (?:is |are )?(?:needed|required|necessary|window|impact|load))|without (?:a |any )?back.?ups?\b/,
    /back.?ups? (?:are|is) (?:off|disabled|broken|not \S+)|(?:don't|do not|never) (?:\S+ ){0,2}back.?ups?\b|keine? back.?ups?|keine sicherung/,
    /(?:pas de|sans) sauvegarde|sin (?:copias? de seguridad|respaldo|backups?)|sem backup/,
  ),
}

export const mustKeep: Topic = {
  words: anyOf(
    /(?:must|have to|has to|need to|required to|legally|obliged to|duty to) (?:\S+ ){0,4}?(?:keep|kept|retain|preserve|archive)|legal hold/,
    /(?:keep|kept|retain\S*|stor\S+) (?:\S+ ){0,5}?(?:for )?(?:\d+|five|six|seven|ten) years|retention (?:of|period|duty) (?:\S+ ){0,3}years/,
    /aufbewahrungs|conservar|conserver|gobd\b/,
  ),
  unless: anyOf(
    /only (?:need|have|has) to (?:keep|retain)/,
    /(?:keep|kept|retain) (?:\S+ ){0,3}?(?:running|working|serving|up\b|online|available|responding|alive|in sync|writing|reading)/,
    /keep the (?:app|site|old (?:app|code|version))|archiv\S+ (?:first|before|to|in)|already archived/,
  ),
}

export const longTransactions: Topic = {
  words: anyOf(
    /(?:quer(?:y|ies)|reports?|transactions?|jobs?|exports?|etl|analysts?)(?: \S+){0,6}? (?:run|take|last|stay open|hold)\S* (?:\S+ ){0,6}?(?:hours?|\d+ ?(?:h|min)\b|minutes|all night)/,
    /idle in transaction|long.?running (?:quer|transaction|report|export|job)|stundenlang/,
  ),
  unless: anyOf(
    /on (?:the |a |our )?(?:\S+ )?(?:replica|standby|warehouse|snowflake|bigquery)|migrat\S* (?:run|take|last)/,
    /(?:killed|cancelled|ended|stopped|paused) (?:before|during|first)/,
  ),
}

export const inDevelopmentOnly: RegExp = developmentOnly
