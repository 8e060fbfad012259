/** A way of building that somebody has to run. `pattern` finds its name in a sentence, `instead` is what an early product does. */
interface HeavyWay { readonly name: string, readonly pattern: RegExp, readonly instead: string }

/**
 * Ways of building that no sheet describes, because no tool ever chooses them for a small product. What the profile lists under
 * `stack` or `existing` is left alone. One more way is one more entry.
 */
export const heavyWays: readonly HeavyWay[] = [
  { name: 'a service mesh', pattern: /\bservice mesh\b|\bIstio\b|\bLinkerd\b/, instead: 'direct calls over TLS until there are more services than one team can list' },
  { name: 'several regions at once', pattern: /\b(multi-region|active-active|several regions|two regions)\b/i, instead: 'one region and a restore that was tried, until a promise to a customer asks for more than one region gives' },
  { name: 'several clouds', pattern: /\bmulti-cloud\b/i, instead: 'one cloud, until a contract asks for a second' },
  { name: 'Kafka', pattern: /\bKafka\b|\bRedpanda\b/, instead: 'a table as a queue, or the queue of the platform, until its measured lag is too long' },
  { name: 'a search cluster', pattern: /\b(?:Elasticsearch|OpenSearch|ClickHouse|Cassandra)\b[^.;]{0,30}\bcluster\b/, instead: 'the log view of the platform, or full-text search in the database' },
  { name: 'a metrics cluster', pattern: /\b(?:Thanos|Cortex|Mimir)\b/, instead: 'the metrics of the platform, until their retention is too short for a question that was asked' },
  { name: 'event sourcing', pattern: /\bevent[- ]sourc(ing|ed)\b|\bCQRS\b/i, instead: 'tables with an audit trail for what must be explained later' },
  { name: 'chaos experiments', pattern: /\bchaos (engineering|experiments|monkey)\b/i, instead: 'one restore and one rollback that were tried' },
  { name: 'canary analysis', pattern: /\b(automated )?canary analysis\b|\bArgo Rollouts\b|\bFlagger\b/i, instead: 'a deploy that is checked and rolled back, until there is enough traffic for a share of it to say anything' },
  { name: 'a data mesh or lakehouse', pattern: /\bdata mesh\b|\blakehouse\b/i, instead: 'queries on a replica, until they are too slow there' },
]
