import { defineTarget } from './define.ts'

/** Render: asks the API for a deploy of this commit and waits until it is live. */
export const render = defineTarget({
  id: 'render', readsSource: false, programs: ['curl', 'jq'], secrets: ['RENDER_API_KEY', 'RENDER_SERVICE_ID'],
  lines: () => [
    'api="https://api.render.com/v1/services/$RENDER_SERVICE_ID/deploys"',
    'ask() { curl --fail --silent --show-error --max-time 30 --header "Authorization: Bearer $RENDER_API_KEY" "$@"; }',
    'id=$(ask --request POST --header "Content-Type: application/json" --data "{\\"commitId\\": \\"$COMMIT_SHA\\"}" "$api" | jq --raw-output .id)',
    'status=queued',
    'for _ in $(seq 1 80); do',
    '  status=$(ask "$api/$id" | jq --raw-output .status)',
    '  case "$status" in',
    '    live|*failed|canceled|deactivated) break ;;',
    '  esac',
    '  sleep 10',
    'done',
    'if [ "$status" != live ]; then echo "Render reports $status" >&2; exit 1; fi',
  ],
})
