import { clients, existing, llm, migrations, payments, stack, type PackageTable } from './says.ts'

/** What Python distributions say; names in lower case with dashes. */
export const pythonPackages: PackageTable = {
  'fastapi': stack('fastapi'), 'django': [...stack('django'), ...migrations('django-migrations')], 'flask': stack('flask'), 'sqlalchemy': stack('sqlalchemy'), 'sqlmodel': stack('sqlalchemy'),
  'alembic': [...stack('alembic'), ...migrations('alembic')], 'flask-migrate': migrations('alembic'), 'yoyo-migrations': existing('yoyo'), 'aerich': existing('aerich'), 'tortoise-orm': existing('tortoise-orm'), 'peewee': existing('peewee'), 'celery': stack('celery'),
  'psycopg*': stack('postgresql'), 'asyncpg': stack('postgresql'), 'pymysql': stack('mysql'), 'mysqlclient': stack('mysql'), 'aiomysql': stack('mysql'), 'pymongo': stack('mongodb'), 'motor': stack('mongodb'), 'beanie': stack('mongodb'),
  'pyodbc': stack('sqlserver'), 'aiosqlite': stack('sqlite'), 'redis': stack('redis'), 'pika': stack('rabbitmq'), 'aio-pika': stack('rabbitmq'), 'confluent-kafka': stack('kafka'), 'aiokafka': stack('kafka'),
  'sentry-sdk': existing('sentry'), 'posthog': existing('posthog'), 'ddtrace': existing('datadog'), 'newrelic': existing('newrelic'), 'opentelemetry-*': existing('opentelemetry'), 'prometheus-*': existing('prometheus'), 'axiom-py': existing('axiom'), 'logtail-python': existing('betterstack'),
  'auth0-python': existing('auth0'), 'clerk-backend-api': existing('clerk'), 'workos': existing('workos'), 'python-keycloak': existing('keycloak'), 'firebase-admin': existing('firebase'), 'supabase': [...existing('supabase'), ...stack('postgresql')], 'msal': existing('entra-id'), 'descope': existing('descope'), 'stytch': existing('stytch'),
  'pydantic-settings': existing('pydantic-settings'), 'django-environ': existing('django-environ'), 'launchdarkly-server-sdk': existing('launchdarkly'), 'unleashclient': existing('unleash'), 'growthbook': existing('growthbook'),
  'openai': [...stack('openai'), ...llm], 'anthropic': [...stack('anthropic'), ...llm], 'langchain*': llm, 'llama-index*': llm, 'google-genai': llm, 'litellm': llm, 'mistralai': llm, 'cohere': llm,
  'stripe': [...stack('stripe'), ...existing('stripe'), ...payments], 'braintree': payments, 'adyen': payments, 'mcp': clients('mcp'),
}

/** What Go modules say, by module path. */
export const goModules: PackageTable = {
  'github.com/jackc/pgx*': stack('postgresql'), 'github.com/lib/pq': stack('postgresql'), 'github.com/go-sql-driver/mysql': stack('mysql'), 'go.mongodb.org/mongo-driver*': stack('mongodb'), 'github.com/mattn/go-sqlite3': stack('sqlite'), 'modernc.org/sqlite': stack('sqlite'),
  'github.com/redis/go-redis*': stack('redis'), 'github.com/rabbitmq/amqp091-go': stack('rabbitmq'), 'github.com/segmentio/kafka-go': stack('kafka'), 'github.com/pressly/goose*': existing('goose'), 'github.com/golang-migrate/migrate*': existing('golang-migrate'), 'ariga.io/atlas*': existing('atlas'), 'gorm.io/gorm': existing('gorm'), 'entgo.io/ent': existing('ent'),
  'github.com/getsentry/sentry-go*': existing('sentry'), 'go.opentelemetry.io/otel*': existing('opentelemetry'), 'github.com/prometheus/client_golang': existing('prometheus'), 'github.com/DataDog/dd-trace-go*': existing('datadog'), 'gopkg.in/DataDog/dd-trace-go*': existing('datadog'),
  'github.com/stripe/stripe-go*': [...stack('stripe'), ...existing('stripe'), ...payments], 'github.com/openai/openai-go*': [...stack('openai'), ...llm], 'github.com/anthropics/anthropic-sdk-go': [...stack('anthropic'), ...llm],
  'github.com/ory/*': existing('ory'), 'github.com/clerk/*': existing('clerk'), 'github.com/workos/*': existing('workos'), 'github.com/caarlos0/env*': existing('go-env'),
}

/** What NuGet packages say. */
export const nugetPackages: PackageTable = {
  'Microsoft.EntityFrameworkCore*': [...stack('ef-core'), ...migrations('ef-core')], 'Npgsql*': stack('postgresql'), 'Npgsql.EntityFrameworkCore.PostgreSQL': [...stack('postgresql', 'ef-core'), ...migrations('ef-core')],
  'Microsoft.EntityFrameworkCore.SqlServer': [...stack('sqlserver', 'ef-core'), ...migrations('ef-core')], 'Pomelo.EntityFrameworkCore.MySql': [...stack('mysql', 'ef-core'), ...migrations('ef-core')], 'MongoDB.Driver': stack('mongodb'), 'StackExchange.Redis': stack('redis'), 'Aspire.StackExchange.Redis*': stack('redis'), 'Aspire.RabbitMQ.Client*': stack('rabbitmq'), 'Aspire.Npgsql*': stack('postgresql'), 'Aspire.Npgsql.EntityFrameworkCore.PostgreSQL': [...stack('postgresql', 'ef-core'), ...migrations('ef-core')], 'Aspire.Azure.AI.OpenAI': llm, 'Microsoft.Extensions.AI*': llm, 'FluentMigrator*': existing('fluentmigrator'), 'dbup*': existing('dbup'), 'LaunchDarkly.ServerSdk': existing('launchdarkly'), 'RabbitMQ.Client': stack('rabbitmq'),
  'Microsoft.Identity.Web*': existing('entra-id'), 'Sentry*': existing('sentry'), 'OpenTelemetry*': existing('opentelemetry'), 'Microsoft.ApplicationInsights*': existing('azure-monitor'), 'Keycloak.*': existing('keycloak'), 'LaunchDarkly.*': existing('launchdarkly'),
  'Stripe.net': [...stack('stripe'), ...existing('stripe'), ...payments], 'OpenAI': [...stack('openai'), ...llm], 'Azure.AI.OpenAI': llm, 'Microsoft.SemanticKernel': llm,
}

/** What Maven and Gradle artifacts say, by artifact id. */
export const jvmPackages: PackageTable = {
  'spring-boot-starter*': stack('spring-boot'), 'spring-boot-starter-thymeleaf': [...stack('spring-boot'), ...clients('web')], 'spring-boot-starter-mustache': [...stack('spring-boot'), ...clients('web')], 'spring-boot-starter-freemarker': [...stack('spring-boot'), ...clients('web')], 'spring-boot-starter-data-jpa': stack('spring-boot', 'hibernate'), 'hibernate-core': stack('hibernate'), 'flyway-*': [...stack('flyway'), ...migrations('flyway')], 'liquibase-core': existing('liquibase'),
  'postgresql': stack('postgresql'), 'mysql-connector-j': stack('mysql'), 'r2dbc-mysql': stack('mysql'), 'r2dbc-mariadb': stack('mariadb'), 'r2dbc-postgresql': stack('postgresql'), 'mssql-jdbc': stack('sqlserver'), 'mariadb-java-client': stack('mariadb'), 'spring-boot-starter-data-mongodb': stack('spring-boot', 'mongodb'), 'spring-boot-starter-data-redis': stack('spring-boot', 'redis'), 'spring-boot-starter-amqp': stack('spring-boot', 'rabbitmq'), 'spring-kafka': stack('kafka'),
  'keycloak-*': existing('keycloak'), 'sentry-*': existing('sentry'), 'micrometer-registry-prometheus': existing('prometheus'), 'opentelemetry-*': existing('opentelemetry'), 'okta-spring-boot-starter': existing('okta'), 'spring-cloud-azure-starter-active-directory': existing('entra-id'), 'spring-cloud-starter-vault-config': existing('vault'),
  'stripe-java': [...stack('stripe'), ...existing('stripe'), ...payments], 'spring-ai-*': llm, 'langchain4j*': llm,
}

/** What gems and Composer packages say. */
export const rubyGems: PackageTable = {
  'rails': [...stack('rails'), ...migrations('rails-migrations')], 'pg': stack('postgresql'), 'mysql2': stack('mysql'), 'sqlite3': stack('sqlite'), 'redis': stack('redis'), 'sidekiq': stack('redis'), 'mongoid': stack('mongodb'), 'sentry-*': existing('sentry'), 'logtail*': existing('betterstack'), 'devise': existing('framework-native'), 'stripe': [...stack('stripe'), ...existing('stripe'), ...payments], 'ruby-openai': [...stack('openai'), ...llm],
}
/** What Dart packages say. */
export const dartPackages: PackageTable = {
  'sentry_flutter': existing('sentry'), 'sentry': existing('sentry'), 'firebase_core': existing('firebase'), 'firebase_auth': existing('firebase'), 'supabase_flutter': existing('supabase'), 'posthog_flutter': existing('posthog'), 'datadog_flutter_plugin': existing('datadog'), 'auth0_flutter': existing('auth0'), 'unleash_proxy_client_flutter': existing('unleash'),
  'window_manager': clients('desktop'), 'bitsdojo_window': clients('desktop'), 'desktop_multi_window': clients('desktop'),
  'openai_dart': [...stack('openai'), ...llm], 'flutter_stripe': [...stack('stripe'), ...existing('stripe'), ...payments], 'in_app_purchase': payments,
}
/** What Hex packages say. */
export const hexPackages: PackageTable = {
  'ecto_sql': existing('ecto'), 'phoenix_live_view': clients('web'), 'phoenix_html': clients('web'), 'postgrex': stack('postgresql'), 'myxql': stack('mysql'), 'ecto_sqlite3': stack('sqlite'), 'tds': stack('sqlserver'), 'redix': stack('redis'), 'sentry': existing('sentry'), 'opentelemetry*': existing('opentelemetry'), 'prom_ex': existing('prometheus'), 'ueberauth_auth0': existing('auth0'), 'stripity_stripe': [...stack('stripe'), ...existing('stripe'), ...payments],
}
export const composerPackages: PackageTable = {
  'laravel/framework': [...stack('laravel'), ...migrations('laravel-migrations')], 'mongodb/*': stack('mongodb'), 'predis/predis': stack('redis'), 'sentry/*': existing('sentry'), 'symfony/twig-bundle': clients('web'), 'doctrine/migrations': existing('doctrine'), 'doctrine/doctrine-migrations-bundle': existing('doctrine'), 'robmorgan/phinx': existing('phinx'), 'auth0/*': existing('auth0'), 'stripe/stripe-php': [...stack('stripe'), ...existing('stripe'), ...payments], 'laravel/cashier*': payments, 'openai-php/*': [...stack('openai'), ...llm],
}
