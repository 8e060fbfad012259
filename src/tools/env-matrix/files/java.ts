import type { Variable } from '../variables.ts'
import { args, defaultPort, formatOf, logLevels, need, nodeEnvironments, type ModuleInput } from './format.ts'
import { memberNames } from './names.ts'

function component(variable: Variable, environments: readonly string[]): { readonly type: string, readonly reading: string } {
  const name = JSON.stringify(variable.name)
  const when = need(variable, environments.length)
  const needed = when === 'some' ? `, read.in(${args(variable.requiredIn)})` : ''
  const one = (type: string, required: string, optional: string) => (when === 'always' ? { type, reading: `read.${required}(${name})` } : { type: `Optional<${type}>`, reading: `read.${optional}(${name}${needed === '' ? ', false' : needed})` })
  switch (formatOf(variable)) {
    case 'app-env': return { type: 'String', reading: `read.oneOf(${name}, null, ${args(environments)})` }
    case 'node-env': return { type: 'String', reading: `read.oneOf(${name}, null, ${args(nodeEnvironments)})` }
    case 'log-level': return { type: 'String', reading: `read.oneOf(${name}, "info", ${args(logLevels)})` }
    case 'port': return { type: 'int', reading: `read.port(${name}, ${defaultPort('java')})` }
    case 'switch': return { type: 'boolean', reading: `read.toggle(${name})` }
    case 'url': return one('URI', 'url', 'optionalUrl')
    case 'text': return variable.secret ? one('Secret', 'secret', 'optionalSecret') : one('String', 'text', 'optionalText')
  }
}

const secretClass = `
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
    }`

const reader = `
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
        }`

/** Methods that only some projects need, in an order in which later ones call earlier ones. */
const methods: readonly (readonly [call: string, text: string])[] = [
  ['read.in(', `
        private boolean in(String... environments) {
            return List.of(environments).contains(given.getOrDefault("APP_ENV", ""));
        }`],
  ['read.text(', `
        private String text(String name) {
            return optionalText(name, true).orElse(null);
        }`],
  ['read.secret(', `
        private Secret secret(String name) {
            return optionalText(name, true).map(Secret::new).orElse(null);
        }`],
  ['read.optionalSecret(', `
        private Optional<Secret> optionalSecret(String name, boolean needed) {
            return optionalText(name, needed).map(Secret::new);
        }`],
  ['read.port(', `
        private int port(String name, int fallback) {
            String value = optionalText(name, false).orElse(Integer.toString(fallback));
            int port = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : 0;
            if (port < 1 || port > 65535) problem(name, "not a port");
            return port;
        }`],
  ['read.toggle(', `
        private boolean toggle(String name) {
            return "true".equals(oneOf(name, "false", "true", "false"));
        }`],
  ['rl(', `
        private Optional<URI> optionalUrl(String name, boolean needed) {
            return optionalText(name, needed).map(text -> {
                try {
                    URI address = new URI(text);
                    if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) return address;
                } catch (URISyntaxException wrong) {
                    // Its message repeats the value: it goes no further.
                }
                problem(name, "not an http(s) URL");
                return null;
            });
        }`],
  ['read.url(', `
        private URI url(String name) {
            return optionalUrl(name, true).orElse(null);
        }`],
]

/** A record that is loaded before Spring starts, because Spring's own failure report prints rejected values. Java 17 and later. */
export function javaModule(input: ModuleInput): string {
  const names = memberNames(input.variables, 'java')
  const components = input.variables.map((variable) => ({ name: names.get(variable.name) ?? '', ...component(variable, input.environments) }))
  const readings = components.map(({ reading }) => reading).join('\n')
  const secret = components.some(({ type }) => type.includes('Secret'))
  const url = components.some(({ type }) => type.includes('URI'))
  return [
    'package config;', '',
    ...(url ? ['import java.net.URI;', 'import java.net.URISyntaxException;'] : []),
    'import java.util.ArrayList;', 'import java.util.List;', 'import java.util.Map;', 'import java.util.Optional;', '',
    '/**',
    ' * Configuration of this service: read once, checked at start; nothing else reads the environment.',
    ' * Locally the shell loads .env: set -a && . ./.env && set +a, then start it as always.',
    ' * JDK only; compiled and run with Java 17. Load it before Spring, whose own failure report prints rejected values:',
    ' *', ' * <pre>{@code',
    ' * AppConfig config = AppConfig.loadOrExit();',
    ' * SpringApplication app = new SpringApplication(Application.class);',
    ' * app.addInitializers(context -> context.getBeanFactory().registerSingleton("appConfig", config));',
    ' * app.run(args);',
    ' * }</pre>', ' */',
    'public record AppConfig(', components.map(({ type, name }) => `    ${type} ${name}`).join(',\n'), ') {',
    '    /** Checks everything at once. The exception names what is missing or malformed, and repeats no value. */',
    '    public static AppConfig load(Map<String, String> given) {', '        Reader read = new Reader(given);', '        AppConfig config = new AppConfig(',
    components.map(({ reading }) => `            ${reading}`).join(',\n'), '        );',
    '        if (!read.problems.isEmpty()) throw new IllegalStateException("Configuration: " + String.join(" ", read.problems));',
    '        return config;', '    }', '',
    '    /** The configuration of this process, or the end of it. */',
    '    public static AppConfig loadOrExit() {', '        try {', '            return load(System.getenv());', '        } catch (IllegalStateException wrong) {',
    '            System.err.println(wrong.getMessage());', '            System.exit(1);', '            throw wrong;', '        }', '    }',
    ...(secret ? [secretClass] : []), reader,
    ...methods.filter(([call]) => readings.includes(call)).map(([, text]) => text), '    }', '}',
  ].join('\n')
}
