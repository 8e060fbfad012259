import { expect, test } from 'vitest'
import { pipelineTemplate } from '../../../src/tools/pipeline-template/tool.ts'
import { serviceLanguage } from '../../../src/core/service-language.ts'
import { readStack } from '../../../src/core/stack.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

const run = (stack: string[]) => pipelineTemplate.run({ stage: 'growth', developers: 6, stack }, { knowledge: knowledge(), asOf, detail: 'normal' })
const workflow = (stack: string[]): string => run(stack).files.filter(({ path }) => /ci\.yml$|action\.yml$/.test(path)).map(({ body }) => body).join('\n')

test('a front end beside a server in a language without files gets no pipeline of its own in the server\'s place', () => {
  const stack = ['rust', 'react']
  expect(serviceLanguage(readStack({ stack }))).toBe('rust')
  expect(run(stack).files.filter(({ path }) => path.endsWith('ci.yml'))).toEqual([])
  expect(run(stack).skipped.map(({ item }) => item)).toContain('pipeline files for Rust')
})
test.each([[/go test/, ['react', 'typescript', 'go']], [/setup-uv|python/, ['fastapi', 'react']], [/mvnw .*verify/, ['java', 'spring-boot', 'react']], [/dotnet test/, ['aspnet', 'react']], [/bin\/rails test/, ['rails', 'react']], [/php artisan test/, ['laravel', 'vue']], [/setup-node/, ['fastify', 'typescript', 'react-native']]])('%s is what the servers are tested with', (command, stack) => {
  expect(workflow(stack)).toMatch(command)
})

test('a document says which further language of the servers no job checks', () => {
  const skippedFor = (stack: string[], inDocument: boolean) => pipelineTemplate.run({ stack, ciProvider: 'github-actions', hosting: 'fly', stage: 'growth' }, { knowledge: knowledge(), asOf, detail: 'normal', inDocument }).skipped.map(({ item }) => item)
  expect(skippedFor(['nestjs', 'fastapi', 'postgresql'], true)).toContain('checks for Python')
  expect(skippedFor(['nestjs', 'fastapi', 'postgresql'], false)).not.toContain('checks for Python')
  expect(skippedFor(['spring-boot', 'angular', 'kotlin'], true).filter((item) => item.startsWith('checks for'))).toEqual([])
})
