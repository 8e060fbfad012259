import { defineConfig } from 'vitest/config'

// Time limits only end what hangs: these tests start compilers and servers, on machines that do other work too.
// `unit` needs nothing but this checkout. `programs` runs what pipelines hold over the whole matrix, with the programs they are
// for, and `e2e` downloads the real client: `npm test` leaves both out.
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**', 'test/programs/**'], isolate: false, maxWorkers: '100%', testTimeout: 30_000, hookTimeout: 60_000 } },
      // GitHub's workflow parser imports JSON in a way that plain Node refuses.
      { test: { name: 'programs', include: ['test/programs/**/*.test.ts'], exclude: ['test/programs/run-steps/samples/**'], server: { deps: { inline: [/@actions\//] } }, isolate: false, maxWorkers: '100%', testTimeout: 180_000, hookTimeout: 300_000 } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], globalSetup: ['test/e2e/support/fetch-clients.ts'], testTimeout: 180_000, hookTimeout: 300_000, fileParallelism: false } },
    ],
  },
})
