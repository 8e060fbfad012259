import { inDevelopmentOnly } from './topics-time.ts'
import { anyOf, type Topic } from './spoken.ts'

/** Words about what stands around the database: poolers, consumers, replicas, copy tools, runners. */
export const transactionPooler: Topic = {
  words: anyOf(
    /transaction.?(?:pool|mode)|pool_?mode\W{1,3}transaction|supavisor(?! (?:\S+ ){0,3}session)(?!.*5432)|\b6543\b|-pooler\b|pgbouncer=true/,
    /\b(?:neon|supabase)\S* (?:\S+ ){0,2}?pool(?:er|ed|ing)\b|\bpool(?:er|ed|ing)\b (?:\S+ ){0,3}?(?:neon|supabase)/,
  ),
  unless: /session.?(?:pool|mode)|pool_?mode\W{1,3}session|pooler\S*:5432/,
}
export const pinningProxy: Topic = { words: /\brds.?proxy\b|\baurora proxy\b/ }
/** Migrations that already take another way. */
export const directPath: Topic = {
  words: anyOf(
    /(?:migrat\S*|ddl|schema changes?|(?:deploy|release) job|\bci|pipeline)(?: \S+){0,8}? (?:direct(?:ly)?|straight|unpooled|non.?pooled|bypass\S*|around)\b/,
    /\bdirect(?:_database)?_url\b|\bdirect (?:url|connection|address|database url)\b|\bunpooled\b/,
    /(?:\b5432|direct\S*|session\S*)(?: \S+){0,4}? for (?:the )?(?:migrat|ddl)|past the pooler|without the pooler/,
  ),
}

export const changeReaders: Topic = {
  words: anyOf(
    /\bdebezium\b|\bcdc\b|change.?data.?capture|logical.?(?:replica\S*|slots?|decoding)|kafka.?connect\b|\bmaxwell\b|\bfivetran\b|\bairbyte\b/,
    /\bdatastream\b|\baws.?dms\b|binlog.?(?:consumer|reader|stream)|change.?streams?\b|\bwal2json\b|\bpeerdb\b|supabase realtime|\belectricsql\b/,
    /\bpowersync\b/,
  ),
  unless: /(?:plan|want|intend|consider|think)\S* (?:\S+ ){0,3}?(?:introduc|add|adopt|try|start|us)\S*|next (?:year|quarter)|some ?day|in the future/,
}

export const freshReplicas: Topic = {
  negative: true,
  words: anyOf(
    /read.?(?:your|their|our).?(?:own.?)?writes/,
    /(?:immediately|directly|right away|instantly|synchronously|at once) (?:\S+ ){0,4}?(?:read|visible|available|readable|seen)\S* (?:\S+ ){0,4}?(?:on|from|by|in) (?:\S+ ){0,2}?replicas?/,
    /reads? (?:\S+ ){0,5}?replicas? (?:\S+ ){0,6}?(?:immediately|right after|right away|at once|straight after|directly after)/,
    /replicas? (?:\S+ ){0,4}?(?:immediately|at once|never lag|must not lag|may not lag|up to date|in sync|without lag|no lag|zero lag)/,
    /(?:no|zero) replica\S* lag|strong(?:ly)? consisten\S* reads?/,
  ),
  unless: /remote_apply|synchronous_commit|(?:reads? )?(?:from|on) (?:the )?primary|lag is (?:fine|ok|no problem|accept)|(?:don't|do not|no) need/,
}
export const readReplicas: Topic = { words: /(?:read|db|database|postgres|mysql)[ -]replicas?|\breplicas?\b (?:\S+ ){0,3}?reads?|reads? (?:\S+ ){0,4}?\breplicas?|standby/ }

export const ghOst: Topic = { words: /\bgh[-_ ]ost\b/ }
export const ptOsc: Topic = { words: /\bpt-?osc\b|\bpt[-_ ]online[-_ ]schema[-_ ]change\b|percona.toolkit/ }
export const foreignKeys: Topic = { words: /foreign.?keys?\b|\bfks?\b|fremdschl[uü]ssel|cl[eé]s? [eé]trang[eè]re|claves? (?:for[aá]nea|ajena)|chaves? estrangeira/ }
export const tableTriggers: Topic = {
  words: anyOf(
    /(?:has|have|with|are|few|two|three|some|audit|insert|update|delete|database|db|our|existing|its) triggers?\b/,
    /triggers? (?:on|that|which|keeps?|fills?|writes?|maintains?|updates?|logs?|for)\b|tiene triggers?|hat (?:\S+ )?trigger/,
  ),
  unless: anyOf(
    /triggers? (?:on (?:push|merge|failure|deploy)|(?:the |a |our )?(?:pipeline|build|deploy|alert|webhook|job))/,
    /(?:pipeline|deploy|ci|build|alert) triggers?|triggers? (?:are |were )?(?:dropped|removed|moved)/,
  ),
}

export const namedAlgorithm: Topic = { negative: true, words: /\balgorithm ?=? ?(instant|inplace|nocopy)\b|\b(?:instant|in-?place|nocopy) (?:ddl|alter|algorithm|only|change)|\block ?= ?none\b|\bonline ddl only\b/ }

export const inOneTransaction: Topic = {
  words: anyOf(
    /(?:migrations?|ddl|schema changes?|alters?|changes|deploys?|steps?|everything|all)(?: \S+){0,6}? (?:transaction(?:al|ally|s)?|atomic\S*|all.or.nothing)(?= |$|[.,;!?)])/,
    /(?:transactional|atomic|all.or.nothing) (?:\S+ ){0,2}?(?:ddl|migrat|schema|change|alter|deploy)/,
    /(?:in|inside|within) (?:a|one|the same|a single|one single) transaction/,
    /roll\S* back (?:\S+ ){0,4}?(?:when|if|on) (?:\S+ ){0,3}?(?:fail|error)|in einer transaktion|dans une (?:seule )?transaction/,
    /en una (?:sola )?transacci[oó]n/,
  ),
  unless: anyOf(
    /transaction.?(?:pool|mode|log|table|volume)|transactions (?:per|table|a second)|each (?:\S+ )?(?:statement|step) (?:\S+ ){0,3}own transaction/,
    /table (?:\S+ )?transactions|(?:the|our) transactions/,
  ),
}

export const changesSchemaItself: readonly (readonly [kind: string, Topic])[] = ([
  ['create', /ensure.?created|create_all\(/],
  ['push', /(?:prisma )?\bdb push\b|drizzle(?:-kit)? push|push:(?:pg|mysql|sqlite)|schema:update/],
  ['start', anyOf(
    /synchroni[sz]e\W{0,3}(?:is |=|:)? ?(?:true|on)\b|(?:typeorm|mikro.?orm)\S* (?:\S+ ){0,3}?synchroni[sz]e|auto.?sync\b/,
    /synchroni[sz]e (?:option )?(?:is |stays? |kept |left )?(?:on|enabled)\b|(?:keep|leave|use|using|have) (?:typeorm(?:'s)? )?synchroni[sz]e\b/,
    /sequelize\S*\.sync|sequelize (?:\S+ ){0,3}?(?:sync\b|alter: ?true)|\bsync\(\{? ?alter|ddl.?auto\W{0,3}(?:is |to |set to )?(?:update|create)/,
    /hbm2ddl\S*\W{0,3}(?:update|create)|generate-ddl\W{0,3}true|hibernate (?:\S+ ){0,3}?(?:updates?|creates?|changes?) (?:the )?(?:schema|tables)/,
    /\bupdate_?schema\(|\bauto.?migrate\(|gorm (?:\S+ ){0,2}?auto.?migrate/,
  )],
] as const).map(([kind, words]) => [kind, { words, unless: new RegExp(`${inDevelopmentOnly.source}|(?:was|were|been) .*\\bnow\\b|in the beginning|\\binitially\\b`) }])

export const resetsDatabase: Topic = {
  words: anyOf(
    /db:schema:load|db:(?:reset|setup|drop)|migrate:(?:fresh|reset|refresh)|(?:prisma )?migrate (?:reset|dev)\b|sync\(\{? ?force|drop_all\(/,
    /ddl.?auto\W{0,3}create|flyway clean|ensure.?deleted/,
  ),
  beside: /\bprod(?:uction|uktion|ucci[oó]n)?\b|\blive\b|(?:on|in|at|during|with) (?:each |every |the )?(?:deploy|release|start)|entry.?point|at start/,
  unless: inDevelopmentOnly,
}

export const migratesAtStart: Topic = {
  words: anyOf(
    /(?:migrat\S*|flyway|liquibase|alembic|schema)(?: \S+){0,6}? (?:at|on|during|when|upon|before|beim|au|al) (?:\S+ ){0,4}?(?:start(?:s|up|-up|ing)?|boots?|launch\S*|hochfahren|d[eé]marrage|arranque|arrancar)\b/,
    /(?:in|from|by|via) (?:the |our )?(?:\S+ )?(?:entry.?point|cmd\b|start (?:command|script))/,
    /(?:each|every|all|the) (?:instances?|containers?|pods?|replicas?|dynos?) (?:\S+ ){0,4}?migrat/,
    /migrate\S*(?: \S+){0,3}? ?&& ?(?:exec |gunicorn|uvicorn|node\b|npm (?:run )?start|pnpm start|yarn start|python|java\b|puma|bin\/rails s|rails s|dotnet|php|\.\/)/,
    /database\.migrate\(\)|beim start (?:\S+ ){0,3}?migrat/,
  ),
  beside: /migrat|flyway|liquibase|alembic/,
  unless: /(?:one|a|the|single) (?:\S+ )?(?:job|step|task)\b|init job|release (?:job|step|phase|command)|in (?:one|a) (?:\S+ )?job/,
}
export const severalInstances: Topic = {
  words: anyOf(
    /(?:several|multiple|many|two|three|four|five|all|each|every|\b[2-9]|\b\d{2,3}) (?:(?!read|db|database|postgres|mysql)\S+ )?(?:instances?|replicas?|pods?|containers?|app servers?|nodes?|tasks?|machines?|dynos?)\b/,
    /desired.?count (?:of |is |= ?)?[2-9]|replicas: ?[2-9]|scaled? (?:out|to \d)|auto.?scal|load.?balanc|mehrere[nr]? (?:instanz|pods|container)/,
    /plusieurs (?:instances|pods|conteneurs)|varias (?:instancias|r[eé]plicas)/,
  ),
}
export const oneInstance: Topic = { words: /(?:one|single|only one|a single|just one|1) (?:instance|replica|pod|container|server|node|machine|dyno)\b/ }

export const migratesInBuild: Topic = {
  words: anyOf(
    /migrat\S* (?:\S+ ){0,5}?(?:in|during|as part of|inside) (?:\S+ ){0,2}?build\b|build (?:command|step|script)\S* (?:\S+ ){0,6}?migrat/,
    /migrate(?: deploy)? ?&& ?(?:next|vite|npm|pnpm|yarn|nuxt|remix|astro)\b|post.?install (?:\S+ ){0,3}?migrat/,
    /migrat\S* (?:\S+ ){0,3}?post.?install/,
  ),
  unless: /after the build|build (?:an? |the )?(?:empty )?(?:database|image)|own database|separate database/,
}
