import type { ChildProcess } from 'node:child_process'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { post, quietly } from './asking.ts'
import type { Serve } from './hardened.ts'
import { freePort, hasProgram, start, stop } from './support.ts'

/** Servers that share one Redis count together; what they do when it is gone. */
export function countsTogether(serve: Serve, reported: unknown[]): void {
  describe.skipIf(!hasProgram('redis-server'))('with redis-server', () => {
    let redisServer: ChildProcess | undefined
    let redis: Redis
    const started = (port: number) => start('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], /Ready to accept connections/)
    beforeAll(async () => {
      const port = await freePort()
      redisServer = await started(port)
      redis = new Redis(port, '127.0.0.1', { commandTimeout: 500, maxRetriesPerRequest: 1, retryStrategy: () => null })
      redis.on('error', () => undefined)
    })
    afterAll(async () => { redis.disconnect(); await stop(redisServer) })

    test('two servers count together', async () => {
      const [one, two] = [await serve({ redis, strictPer15Minutes: 2 }, true), await serve({ redis, strictPer15Minutes: 2 }, true)]
      const statuses: number[] = []
      for (const url of [one, two, one, two]) statuses.push((await post(`${url}/sign-in`, '{}')).status)
      expect(statuses).toEqual([204, 204, 429, 429])
    })

    test('servers that start before Redis count as soon as it is there', async () => {
      const port = await freePort()
      const late = new Redis(port, '127.0.0.1', { commandTimeout: 500, maxRetriesPerRequest: 0, retryStrategy: () => 20 })
      late.on('error', () => undefined)
      let lateServer: ChildProcess | undefined
      try {
        const url = await serve({ redis: late, strictPer15Minutes: 1 }, true)
        await quietly(async () => { expect((await post(`${url}/sign-in`, '{}')).status).toBe(500) })
        lateServer = await started(port)
        await new Promise<void>((resolve) => { if (late.status === 'ready') resolve(); else late.once('ready', () => { resolve() }) })
        expect([(await post(`${url}/sign-in`, '{}')).status, (await post(`${url}/sign-in`, '{}')).status]).toEqual([204, 429])
        reported.length = 0
      } finally { late.disconnect(); await stop(lateServer) }
    })

    test('when Redis is gone people go on working, but nobody may guess', async () => {
      const url = await serve({ redis }, true)
      expect((await fetch(url)).status).toBe(200)
      await stop(redisServer)
      await quietly(async () => {
        expect((await fetch(url)).status).toBe(200)
        expect((await post(`${url}/sign-in`, '{}')).status).toBe(500)
      })
      expect(reported).toHaveLength(1)
    })
  })
}
