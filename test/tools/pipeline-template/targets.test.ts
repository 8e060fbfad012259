import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { targets } from '../../../src/tools/pipeline-template/targets.ts'
import { run } from './matrix.ts'
import { play, image } from './play.ts'

const hasJq = spawnSync('jq', ['--version']).status === 0

const context = { toolchain: undefined as never, environment: 'production', production: true, cli: (bin: string) => bin }
const ecs = { ECS_CLUSTER: 'c', ECS_SERVICE: 's', ECS_TASK_FAMILY: 'f', ECS_CONTAINER: 'web' }
const aws = (live: string, exitCode = 0) => `case "$2" in
  describe-task-definition) echo '{"family":"f","revision":3,"taskDefinitionArn":"arn:f:3","containerDefinitions":[{"name":"web","image":"old"},{"name":"proxy","image":"keep"}]}' ;;
  register-task-definition) echo arn:f:4 ;;
  describe-services) case "$*" in *PRIMARY*) echo ${live} ;; *) echo '{"clusterArn":"arn:c","launchType":"FARGATE","capacityProviderStrategy":[],"networkConfiguration":{"awsvpcConfiguration":{"subnets":["a"]}}}' ;; esac ;;
  run-task) echo arn:task ;;
  describe-tasks) echo '{"tasks":[{"containers":[{"name":"proxy","exitCode":0},{"name":"web","exitCode":${exitCode}}]}]}' ;;
esac`
const kubectl = (status: string) => `case "$*" in
  *"get deployment"*) echo '{"spec":{"template":{"spec":{"serviceAccountName":"app","containers":[{"name":"web","image":"old","args":["serve"],"readinessProbe":{},"env":[{"name":"DATABASE_URL"}]},{"name":"proxy"}]}}}}' ;;
  *"get job"*) echo ${status} ;;
  *"rollout status"*) exit "\${ROLLOUT:-0}" ;;
esac`
const k8s = { K8S_NAMESPACE: 'n', K8S_DEPLOYMENT: 'd', K8S_CONTAINER: 'web', KUBE_CONFIG: 'secret' }

test.skipIf(!hasJq)('ECS (jq): the new image goes into the named container only, and a rollback by the circuit breaker is a failure', () => {
  const lines = targets['aws-ecs']?.lines(context) ?? []
  const good = play(lines, { aws: aws('arn:f:4') }, ecs)
  expect(good.status, good.stderr).toBe(0)
  expect(good.files['task-definition.json']).toEqual({ family: 'f', containerDefinitions: [{ name: 'web', image }, { name: 'proxy', image: 'keep' }] })
  expect(play(lines, { aws: aws('arn:f:3') }, ecs)).toMatchObject({ status: 1, stderr: expect.stringContaining('rolled back') as string })
})

test.skipIf(!hasJq)('ECS (jq): the migration runs where the service runs, and its exit code counts', () => {
  const lines = targets['aws-ecs']?.migrate?.lines('node_modules/.bin/prisma migrate deploy') ?? []
  const good = play(lines, { aws: aws('') }, ecs)
  expect(good.status, good.stderr).toBe(0)
  expect(good.files['migration.json']).toEqual({
    cluster: 'arn:c', taskDefinition: 'arn:f:4', networkConfiguration: { awsvpcConfiguration: { subnets: ['a'] } }, launchType: 'FARGATE',
    overrides: { containerOverrides: [{ name: 'web', command: ['sh', '-c', 'node_modules/.bin/prisma migrate deploy'] }] },
  })
  expect(good.calls.some((call) => call.includes('update-service'))).toBe(false)
  expect(play(lines, { aws: aws('', 1) }, ecs)).toMatchObject({ status: 1, stderr: expect.stringContaining('migration failed') as string })
})

test.skipIf(!hasJq)('Kubernetes (jq): a job from the pods of the deployment migrates first; a failed one stops, a stalled rollout is undone', () => {
  const target = targets['kubernetes']
  const lines = [...target?.migrate?.lines('alembic upgrade head') ?? [], ...target?.lines(context) ?? []]
  const good = play(lines, { kubectl: kubectl('1/') }, k8s)
  expect(good.status, good.stderr).toBe(0)
  expect(good.files['migration.json']).toEqual({
    apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'd-migrate' },
    spec: { backoffLimit: 0, activeDeadlineSeconds: 900, ttlSecondsAfterFinished: 86400, template: { spec: { serviceAccountName: 'app', restartPolicy: 'Never', containers: [{ name: 'web', image, command: ['sh', '-c', 'alembic upgrade head'], env: [{ name: 'DATABASE_URL' }] }] } } },
  })
  expect(good.calls.at(-1)).toContain('rollout status')
  expect(good.calls.some((call) => call.includes('secret'))).toBe(false)
  const failed = play(lines, { kubectl: kubectl('/1') }, k8s)
  expect(failed.status).toBe(1)
  expect(failed.calls.some((call) => call.includes('set image'))).toBe(false)
  const stalled = play(lines, { kubectl: kubectl('1/') }, { ...k8s, ROLLOUT: '1' })
  expect(stalled.status).toBe(1)
  expect(stalled.calls.at(-1)).toContain('rollout undo')
})

test('Lambda moves the alias only after the version is active', () => {
  const { status, calls } = play(targets['aws-lambda']?.lines(context) ?? [], { aws: 'case "$2" in publish-version) echo 7 ;; esac' }, { LAMBDA_FUNCTION: 'f', LAMBDA_ALIAS: 'live' })
  expect(status).toBe(0)
  expect(calls.map((call) => call.split(' ')[2])).toEqual(['update-function-code', 'wait', 'publish-version', 'wait', 'update-alias'])
  expect(calls.at(-1)).toContain('--function-version 7')
})

test.skipIf(!hasJq)('Render (jq): live ends well, a failed build does not', () => {
  const env = { RENDER_API_KEY: 'k', RENDER_SERVICE_ID: 'srv', COMMIT_SHA: 'abc' }
  const curl = (state: string) => `case "$*" in *POST*) echo '{"id":"dep"}' ;; *) echo '{"status":"${state}"}' ;; esac`
  expect(play(targets['render']?.lines(context) ?? [], { curl: curl('live') }, env).status).toBe(0)
  expect(play(targets['render']?.lines(context) ?? [], { curl: curl('build_failed') }, env).status).toBe(1)
})

test.each([['aws-ecs', 'run-task'], ['kubernetes', 'batch/v1'], ['gcp', 'gcloud run jobs update']])('%s: the deploy job migrates beside the application, no job of the runner does', (hosting, sign) => {
  const deploy = run({ hosting, stack: ['nextjs', 'prisma', 'postgresql'], stage: 'growth', developers: 5 }).files.find(({ path }) => path.endsWith('deploy.yml'))?.body ?? ''
  expect(deploy).toContain(sign)
  expect(deploy).not.toContain('migrate-production:')
})
