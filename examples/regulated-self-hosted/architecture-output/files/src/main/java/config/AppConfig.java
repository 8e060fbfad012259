package config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Configuration of this service: read once, checked at start; nothing else reads the environment.
 * Locally the shell loads .env: set -a && . ./.env && set +a, then start it as always.
 * JDK only; compiled and run with Java 17. Load it before Spring, whose own failure report prints rejected values:
 *
 * <pre>{@code
 * AppConfig config = AppConfig.loadOrExit();
 * SpringApplication app = new SpringApplication(Application.class);
 * app.addInitializers(context -> context.getBeanFactory().registerSingleton("appConfig", config));
 * app.run(args);
 * }</pre>
 */
public record AppConfig(
    String appEnv,
    int port,
    String logLevel,
    Optional<String> appVersion,
    Secret databaseUrl,
    Secret databasePassword,
    String databaseUser,
    String keycloakUrl,
    String keycloakRealm,
    String keycloakClientId,
    Secret keycloakClientSecret,
    Optional<String> splunkHecUrl,
    Optional<Secret> splunkHecToken,
    Optional<Secret> alertmanagerSmtpPassword,
    String keycloakIssuer
) {
    /** Checks everything at once. The exception names what is missing or malformed, and repeats no value. */
    public static AppConfig load(Map<String, String> given) {
        Reader read = new Reader(given);
        AppConfig config = new AppConfig(
            read.oneOf("APP_ENV", null, "local", "ci", "staging", "preprod", "demo", "production"),
            read.port("PORT", 8080),
            read.oneOf("LOG_LEVEL", "info", "debug", "info", "warn", "error"),
            read.optionalText("APP_VERSION", false),
            read.secret("DATABASE_URL"),
            read.secret("DATABASE_PASSWORD"),
            read.text("DATABASE_USER"),
            read.text("KEYCLOAK_URL"),
            read.text("KEYCLOAK_REALM"),
            read.text("KEYCLOAK_CLIENT_ID"),
            read.secret("KEYCLOAK_CLIENT_SECRET"),
            read.optionalText("SPLUNK_HEC_URL", read.in("staging", "preprod", "demo", "production")),
            read.optionalSecret("SPLUNK_HEC_TOKEN", read.in("staging", "preprod", "demo", "production")),
            read.optionalSecret("ALERTMANAGER_SMTP_PASSWORD", read.in("staging", "preprod", "demo", "production")),
            read.text("KEYCLOAK_ISSUER")
        );
        if (!read.problems.isEmpty()) throw new IllegalStateException("Configuration: " + String.join(" ", read.problems));
        return config;
    }

    /** The configuration of this process, or the end of it. */
    public static AppConfig loadOrExit() {
        try {
            return load(System.getenv());
        } catch (IllegalStateException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(1);
            throw wrong;
        }
    }

    /** Text that printing and JSON do not show; {@code reveal()} hands it to what needs it. */
    public static final class Secret {
        private final String text;

        private Secret(String text) {
            this.text = text;
        }

        public String reveal() {
            return text;
        }

        @Override
        public String toString() {
            return "[secret]";
        }
    }

    /** Collects problems, so that one start names all of them. */
    private static final class Reader {
        private final Map<String, String> given;
        private final List<String> problems = new ArrayList<>();

        private Reader(Map<String, String> given) {
            this.given = given;
        }

        private void problem(String name, String what) {
            problems.add(name + " is " + what + ".");
        }

        /** An empty value counts as missing. */
        private Optional<String> optionalText(String name, boolean needed) {
            Optional<String> value = Optional.ofNullable(given.get(name)).filter(text -> !text.isEmpty());
            if (needed && value.isEmpty()) problem(name, "missing");
            return value;
        }

        private String oneOf(String name, String fallback, String... allowed) {
            String value = optionalText(name, fallback == null).orElse(fallback);
            if (value != null && !List.of(allowed).contains(value)) problem(name, "not one of " + String.join(", ", allowed));
            return value;
        }

        private boolean in(String... environments) {
            return List.of(environments).contains(given.getOrDefault("APP_ENV", ""));
        }

        private String text(String name) {
            return optionalText(name, true).orElse(null);
        }

        private Secret secret(String name) {
            return optionalText(name, true).map(Secret::new).orElse(null);
        }

        private Optional<Secret> optionalSecret(String name, boolean needed) {
            return optionalText(name, needed).map(Secret::new);
        }

        private int port(String name, int fallback) {
            String value = optionalText(name, false).orElse(Integer.toString(fallback));
            int port = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : 0;
            if (port < 1 || port > 65535) problem(name, "not a port");
            return port;
        }
    }
}
