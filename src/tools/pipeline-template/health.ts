/** Shell lines that fail unless the readiness address answers 2xx within about a minute and a half. Reads HEALTH_URL. */
export const healthCheck = [
  'curl --fail --silent --show-error --output /dev/null --max-time 10 \\',
  '  --retry 12 --retry-delay 5 --retry-all-errors "${HEALTH_URL:?set it to the readiness address}"',
].join('\n')
