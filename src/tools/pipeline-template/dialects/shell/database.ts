import type { ServiceImage } from '../../facts.ts'

/** Bash lines that wait until a database beside the job takes connections on this machine, and fail after a minute and a half. */
export const waitForDatabase = ({ port }: Pick<ServiceImage, 'port'>): readonly string[] => [
  'ready=no',
  'for _ in $(seq 1 90); do',
  `  if (exec 3<> /dev/tcp/127.0.0.1/${port}) 2> /dev/null; then ready=yes; break; fi`,
  '  sleep 1',
  'done',
  'if [ "$ready" = no ]; then echo "the database did not start" >&2; exit 1; fi',
]
