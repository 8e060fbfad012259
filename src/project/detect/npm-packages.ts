import { clients, existing, llm, migrations, payments, stack, type PackageTable } from './says.ts'

/** What npm packages say about a project. Stack values are canonical ids of core/stack.ts. */
export const npmPackages: PackageTable = {
  'typescript': stack('typescript'),
  'next': [...stack('nextjs'), ...clients('web')], 'react-dom': [...stack('react'), ...clients('web')],
  '@remix-run/*': [...stack('remix'), ...clients('web')], '@react-router/node': [...stack('remix'), ...clients('web')],
  '@angular/core': [...stack('angular'), ...clients('web')], 'vue': [...stack('vue'), ...clients('web')], 'nuxt': [...stack('vue'), ...clients('web')], '@sveltejs/kit': [...stack('sveltekit'), ...clients('web')], 'astro': [...stack('astro'), ...clients('web')],
  'express': stack('express'), 'fastify': stack('fastify'), '@nestjs/core': stack('nestjs'), 'hono': stack('hono'),
  'react-native': [...stack('react-native'), ...clients('ios', 'android')], 'expo': [...stack('react-native'), ...clients('ios', 'android')],
  'electron': clients('desktop'), '@tauri-apps/api': clients('desktop'), '@modelcontextprotocol/sdk': clients('mcp'),

  'pg': stack('postgresql'), 'postgres': stack('postgresql'), '@neondatabase/serverless': [...stack('postgresql'), ...existing('neon')], '@vercel/postgres': stack('postgresql'),
  'mysql2': stack('mysql'), 'mysql': stack('mysql'), '@planetscale/database': [...stack('mysql'), ...existing('planetscale')], 'mariadb': stack('mariadb'),
  'mongodb': stack('mongodb'), 'mongoose': stack('mongoose'), 'better-sqlite3': stack('sqlite'), '@libsql/client': stack('sqlite'), 'mssql': stack('sqlserver'),
  '@aws-sdk/client-dynamodb': stack('dynamodb'), '@google-cloud/firestore': stack('firestore'),
  'redis': stack('redis'), 'ioredis': stack('redis'), '@upstash/redis': [...stack('redis'), ...existing('upstash')],
  'bullmq': stack('bullmq'), 'bull': stack('bullmq'), 'amqplib': stack('rabbitmq'), 'kafkajs': stack('kafka'), '@aws-sdk/client-sqs': stack('sqs'),

  'prisma': [...stack('prisma'), ...migrations('prisma-migrate')], '@prisma/client': stack('prisma'),
  'drizzle-orm': stack('drizzle'), 'drizzle-kit': [...stack('drizzle'), ...migrations('drizzle-kit')],
  'knex': [...stack('knex'), ...migrations('knex')], 'typeorm': [...stack('typeorm'), ...migrations('typeorm')], 'kysely': stack('kysely'),
  'node-pg-migrate': [...stack('node-pg-migrate'), ...migrations('node-pg-migrate')], 'migrate-mongo': migrations('migrate-mongo'), 'postgrator': existing('postgrator'), 'sequelize': existing('sequelize'), 'umzug': existing('umzug'), '@mikro-orm/*': existing('mikro-orm'), 'graphile-migrate': existing('graphile-migrate'),

  '@clerk/*': existing('clerk'), '@auth0/*': existing('auth0'), 'auth0': existing('auth0'), 'express-openid-connect': existing('auth0'), 'express-oauth2-jwt-bearer': existing('auth0'),
  '@workos-inc/*': existing('workos'), 'better-auth': existing('better-auth'), 'next-auth': existing('nextauth'), '@auth/*': existing('nextauth'), 'lucia': existing('lucia'),
  '@supabase/*': [...existing('supabase'), ...stack('postgresql')], 'firebase': existing('firebase'), 'firebase-admin': existing('firebase'), '@react-native-firebase/*': existing('firebase'),
  'keycloak-js': existing('keycloak'), 'keycloak-connect': existing('keycloak'), 'nest-keycloak-connect': existing('keycloak'), '@azure/msal-*': existing('entra-id'), 'passport-azure-ad': existing('entra-id'),
  'amazon-cognito-identity-js': existing('cognito'), '@aws-sdk/client-cognito-identity-provider': existing('cognito'), 'aws-jwt-verify': existing('cognito'),
  '@descope/*': existing('descope'), 'stytch': existing('stytch'), '@stytch/*': existing('stytch'), '@kinde-oss/*': existing('kinde'), '@propelauth/*': existing('propelauth'), '@scalekit-sdk/*': existing('scalekit'),
  '@logto/*': existing('logto'), '@ory/*': existing('ory'), '@zitadel/*': existing('zitadel'), '@fusionauth/*': existing('fusionauth'), '@okta/*': existing('okta'),

  '@sentry/*': existing('sentry'), 'posthog-js': existing('posthog'), 'posthog-node': existing('posthog'), 'dd-trace': existing('datadog'), '@datadog/pprof': [], '@datadog/*': existing('datadog'), 'newrelic': existing('newrelic'),
  '@opentelemetry/*': existing('opentelemetry'), '@vercel/otel': existing('opentelemetry'), '@axiomhq/*': existing('axiom'), 'next-axiom': existing('axiom'), '@logtail/*': existing('betterstack'), 'prom-client': existing('prometheus'),
  '@highlight-run/*': existing('highlight'), 'elastic-apm-node': existing('elastic'), 'applicationinsights': existing('azure-monitor'), '@pagerduty/*': existing('pagerduty'),
  '@launchdarkly/*': existing('launchdarkly'), 'launchdarkly-*': existing('launchdarkly'), 'unleash-client': existing('unleash'), '@unleash/*': existing('unleash'), 'flagsmith*': existing('flagsmith'),
  '@growthbook/*': existing('growthbook'), '@statsig/*': existing('statsig'), 'statsig-*': existing('statsig'), 'configcat-*': existing('configcat'), '@openfeature/*': existing('openfeature'),
  'zod': existing('zod'), 'envalid': existing('envalid'), '@t3-oss/*': existing('t3-env'),

  'openai': [...stack('openai'), ...llm], '@anthropic-ai/sdk': [...stack('anthropic'), ...llm], '@anthropic-ai/bedrock-sdk': llm, '@anthropic-ai/vertex-sdk': llm, '@anthropic-ai/claude-agent-sdk': llm, 'ai': llm, '@ai-sdk/*': llm, 'langchain': llm, '@langchain/*': llm, '@google/genai': llm, '@google/generative-ai': llm,
  '@mistralai/*': llm, 'cohere-ai': llm, 'ollama': llm, '@aws-sdk/client-bedrock-runtime': llm, 'llamaindex': llm,
  'stripe': [...stack('stripe'), ...existing('stripe'), ...payments], '@stripe/*': [...stack('stripe'), ...existing('stripe'), ...payments], '@paddle/*': payments, '@lemonsqueezy/*': payments, '@adyen/*': payments,
  'braintree': payments, '@paypal/*': payments, 'square': payments, '@mollie/*': payments, '@polar-sh/*': payments,
}
