import knex from 'knex'
import config from '../knexfile.js'
import { buildApp } from './app.js'

const app = buildApp(knex(config))
await app.listen({ host: '0.0.0.0', port: Number(process.env.PORT ?? 3000) })
