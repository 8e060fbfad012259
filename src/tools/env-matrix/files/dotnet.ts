import type { Variable } from '../variables.ts'
import { args, defaultPort, formatOf, logLevels, need, nodeEnvironments, type ModuleInput } from './format.ts'
import { memberNames } from './names.ts'

function property(variable: Variable, environments: readonly string[]): { readonly type: string, readonly reading: string } {
  const name = JSON.stringify(variable.name)
  const when = need(variable, environments.length)
  const needed = when === 'some' ? `read.In(${args(variable.requiredIn)})` : String(when === 'always')
  switch (formatOf(variable)) {
    case 'app-env': return { type: 'string', reading: `read.OneOf(${name}, "", ${args(environments)})` }
    case 'node-env': return { type: 'string', reading: `read.OneOf(${name}, "", ${args(nodeEnvironments)})` }
    case 'log-level': return { type: 'string', reading: `read.OneOf(${name}, "info", ${args(logLevels)})` }
    case 'port': return { type: 'int', reading: `read.Port(${name}, ${defaultPort('csharp')})` }
    case 'switch': return { type: 'bool', reading: `read.Toggle(${name})` }
    case 'url': return { type: 'string', reading: `read.Url(${name}, ${needed})` }
    case 'text': return variable.secret ? { type: 'Secret', reading: `new Secret(read.Text(${name}, ${needed}))` } : { type: 'string', reading: `read.Text(${name}, ${needed})` }
  }
}

const secretClass = `
        /// <summary>Text that printing and JSON do not show; Reveal() hands it to what needs it.</summary>
        public sealed class Secret
        {
            private readonly string text;
            internal Secret(string text) { this.text = text; }
            public string Reveal() { return text; }
            public override string ToString() { return "[secret]"; }
        }`

const reader = `
        /// <summary>Collects problems, so that one start names all of them.</summary>
        private sealed class Reader
        {
            private readonly Func<string, string> get;
            internal readonly List<string> Problems = new List<string>();
            internal Reader(Func<string, string> get) { this.get = get; }

            private void Problem(string name, string what) { Problems.Add(name + " is " + what + "."); }

            internal string Text(string name, bool needed)
            {
                var value = get(name);
                if (value == "" && needed) Problem(name, "missing");
                return value;
            }

            internal string OneOf(string name, string fallback, params string[] allowed)
            {
                var value = Text(name, fallback == "");
                if (value == "") return fallback;
                if (Array.IndexOf(allowed, value) < 0) Problem(name, "not one of " + string.Join(", ", allowed));
                return value;
            }`

/** Methods that only some projects need. */
const methods: readonly (readonly [call: string, text: string])[] = [
  ['read.In(', `
            internal bool In(params string[] environments) { return Array.IndexOf(environments, get("APP_ENV")) >= 0; }`],
  ['read.Port(', `
            internal int Port(string name, int fallback)
            {
                var value = Text(name, false);
                if (value == "") return fallback;
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port < 1 || port > 65535) Problem(name, "not a port");
                return port;
            }`],
  ['read.Toggle(', `
            internal bool Toggle(string name) { return OneOf(name, "false", "true", "false") == "true"; }`],
  ['read.Url(', `
            internal string Url(string name, bool needed)
            {
                var value = Text(name, needed);
                var isUrl = Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == "http" || address.Scheme == "https");
                if (value != "" && !isUrl) Problem(name, "not an http(s) URL");
                return value;
            }`],
]

/** A class that is loaded before the host is built. C# 7 and later, so it compiles anywhere. */
export function dotnetModule(input: ModuleInput): string {
  const names = memberNames(input.variables, 'csharp')
  const properties = input.variables.map((variable) => ({ name: names.get(variable.name) ?? '', ...property(variable, input.environments) }))
  const readings = properties.map(({ reading }) => reading).join('\n')
  return [
    '// Configuration of this service: read once, checked at start; nothing else reads the environment.',
    '// Locally the shell loads .env: set -a && . ./.env && set +a && dotnet run',
    '// Base class library only; compiled and run with Mono 6.8, not yet with .NET itself. In Program.cs, before the builder:',
    '//', '//   var config = AppConfig.LoadOrExit();', '//   builder.Services.AddSingleton(config);',
    '//   builder.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(config)); // where IOptions<AppConfig> is asked for',
    'using System;', 'using System.Collections.Generic;', ...(readings.includes('read.Port(') ? ['using System.Globalization;'] : []), '',
    'namespace Configuration', '{', '    /// <summary>What is not needed in this environment may be an empty text.</summary>', '    public sealed class AppConfig', '    {',
    ...properties.map(({ type, name }) => `        public ${type} ${name} { get; }`), '',
    '        private AppConfig(Reader read)', '        {', ...properties.map(({ name, reading }) => `            ${name} = ${reading};`), '        }', '',
    '        /// <summary>Checks everything at once. The exception names what is missing or malformed, and repeats no value.</summary>',
    '        public static AppConfig Load(Func<string, string> get)', '        {', '            var read = new Reader(get);', '            var config = new AppConfig(read);',
    '            if (read.Problems.Count > 0) throw new InvalidOperationException("Configuration: " + string.Join(" ", read.Problems));', '            return config;', '        }', '',
    '        /// <summary>The configuration of this process, or the end of it.</summary>',
    '        public static AppConfig LoadOrExit()', '        {', '            try { return Load(name => Environment.GetEnvironmentVariable(name) ?? ""); }', '            catch (InvalidOperationException wrong)', '            {',
    '                Console.Error.WriteLine(wrong.Message);', '                Environment.Exit(1);', '                throw;', '            }', '        }',
    ...(readings.includes('new Secret(') ? [secretClass] : []), reader,
    ...methods.filter(([call]) => readings.includes(call)).map(([, text]) => text), '        }', '    }', '}',
  ].join('\n')
}
