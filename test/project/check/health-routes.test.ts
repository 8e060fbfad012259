import { expect, test } from 'vitest'
import { healthRoutes, likelyFiles } from '../../../src/project/check/drift/health-routes.ts'
import { openProject } from '../../../src/project/detect/files.ts'
import { folder } from '../folder.ts'

function routes(files: Readonly<Record<string, string>>): readonly string[] {
  const project = openProject(folder(files), [])
  return healthRoutes(project, likelyFiles(project).paths).map(({ path, file, line }) => `${path} ${file}:${line}`)
}

test('each way of real repositories to say which path answers is read, with its line', () => {
  expect(routes({ 'app/api/health/route.ts': '' })).toEqual(['/api/health app/api/health/route.ts:1'])
  expect(routes({ 'src/app/api/(server)/health/route.ts': '' })).toEqual(['/api/health src/app/api/(server)/health/route.ts:1'])
  expect(routes({ 'app/routes/api+/health.ts': '' })).toEqual(['/api/health app/routes/api+/health.ts:1'])
  expect(routes({ 'pages/api/health.ts': '' })).toEqual(['/api/health pages/api/health.ts:1'])
  expect(routes({ 'api/routes/utils.py': '\n@router.get("/health-check/")\n' })).toEqual(['/health-check api/routes/utils.py:2'])
  expect(routes({ 'src/health/health.controller.ts': '@Controller(\'health\')\n' })).toEqual(['/health src/health/health.controller.ts:1'])
  expect(routes({ 'src/Extensions.cs': 'app.MapHealthChecks("/health");\napp.MapHealthChecks("/alive", options);\n' })).toEqual(['/health src/Extensions.cs:1', '/alive src/Extensions.cs:2'])
  expect(routes({ 'internal/routes.go': 'mux.HandleFunc("/liveness", s.alive)\nmux.Handle("GET /readyz", s.ready)\n' })).toEqual(['/liveness internal/routes.go:1', '/readyz internal/routes.go:2'])
  expect(routes({ 'config/routes.rb': 'get "up" => "rails/health#show", as: :check\nget "/healthz", to: "a#b"\n' })).toEqual(['/up config/routes.rb:1', '/healthz config/routes.rb:2'])
  expect(routes({ 'bootstrap/app.php': "  health: '/up',\n", 'routes/web.php': "Route::get('/health', A::class);\n" })).toEqual(['/up bootstrap/app.php:1', '/health routes/web.php:1'])
  expect(routes({ 'shop/urls.py': 'path("healthz/", check),\n' })).toEqual(['/healthz shop/urls.py:1'])
  expect(routes({ 'src/web/HealthController.java': '@GetMapping("/health")\n' })).toEqual(['/health src/web/HealthController.java:1'])
  expect(routes({ 'render.yaml': 'healthCheckPath: /api/health\n', 'railway.toml': 'healthcheckPath = "/api/health"\n', 'k8s/app.yaml': 'livenessProbe:\n  httpGet:\n    path: /livez\n' })).toEqual(['/api/health railway.toml:1', '/api/health render.yaml:1', '/livez k8s/app.yaml:3'])
  expect(routes({ Dockerfile: 'HEALTHCHECK CMD curl -f http://localhost:8080/public/health || exit 1\n' })).toEqual(['/public/health Dockerfile:1'])
})

test('what only looks like a health path is none', () => {
  expect(routes({
    'src/stripe/index.ts': 'const key = mode === "live" ? LIVE_KEY : TEST_KEY\n', 'compose.yaml': 'services:\n  files:\n    healthcheck:\n      test: curl -f http://files:9000/minio/health/live\n',
    'src/server/monitor.ts': 'import { check } from "./health"\nexport const state = { health: "ok", live: true }\n// app.get("/health")\n', 'docs/openapi.yaml': 'paths:\n  /api/health:\n', 'test/routes.ts': 'app.get("/health")\n',
    'src/main.go': 'import "google.golang.org/grpc/health/grpc_health_v1"\n', 'config/livestreaming.php': "'live' => true,\n", 'packages/web/dist-esm/server.js': 'app.get("/health")\n',
  })).toEqual([])
})

test('files named after it come first, and a large repository says that some were left out', () => {
  const files = Object.fromEntries(Array.from({ length: 310 }, (_, index) => [`src/routes/r${index}.ts`, '']))
  const found = likelyFiles(openProject(folder({ ...files, 'src/deep/down/below/health.ts': '' }), []))
  expect([found.paths[0], found.paths.length, found.all]).toEqual(['src/deep/down/below/health.ts', 300, false])
})
