import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import type { Input } from '../../../../src/tools/env-matrix/input.ts'
import { base, has } from './support.ts'

const folder = mkdtempSync(join(tmpdir(), 'env-compiled-'))
export const dropCompiled = (): void => rmSync(folder, { recursive: true, force: true })

const put = (path: string, text: string): string => {
  const place = join(folder, path)
  mkdirSync(dirname(place), { recursive: true })
  writeFileSync(place, text)
  return place
}

/** The file of the project, the same with names that are words of the language, and that of a service with hardly any variable. */
interface Bodies { readonly body: string, readonly awkward: string, readonly bare: string }
interface Language {
  readonly name: string
  readonly input: Input
  readonly path: string
  readonly present: boolean
  /**
   * Compiles the bodies and a program on the first, and gives the command that starts it. Without arguments the program prints its configuration
   * in every way the language has; with one it reads an environment a line, its variables apart by tabs, and answers each with a line: one start for many questions.
   */
  readonly compile: (bodies: Bodies) => readonly string[]
}

/** Languages whose modules are compiled before they run. */
export const languages: readonly Language[] = [
  {
    name: 'Go (needs go)', input: { ...base, stack: ['go', 'postgres', 'stripe'] }, path: 'internal/config/config.go', present: has('go', 'version'),
    compile: ({ body, awkward, bare }) => {
      const files = [put('go/internal/config/config.go', body), put('go/internal/awkward/config.go', awkward), put('go/internal/bare/config.go', bare)]
      put('go/go.mod', 'module example.com/service\n\ngo 1.19\n')
      put('go/main.go', `package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"example.com/service/internal/config"
)

func main() {
	if len(os.Args) > 1 {
		for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
			given := map[string]string{}
			for _, pair := range strings.Split(lines.Text(), "\\t") {
				name, value, _ := strings.Cut(pair, "=")
				given[name] = value
			}
			if _, err := config.Load(func(name string) string { return given[name] }); err != nil {
				fmt.Println(err)
			} else {
				fmt.Println("started")
			}
		}
		return
	}
	cfg, err := config.Load(os.Getenv)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	text, _ := json.Marshal(cfg)
	fmt.Printf("started %s %v %+v %#v %d %x %s\\n", cfg.DatabaseURL, cfg, cfg, cfg.StripeSecretKey, cfg.DatabaseURL, cfg.DatabaseURL, text)
	fmt.Println(string(cfg.DatabaseURL) == os.Getenv("DATABASE_URL"))
}
`)
      const cwd = join(folder, 'go')
      const env = { ...process.env, GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'local' }
      expect(execFileSync('gofmt', ['-l', ...files], { encoding: 'utf8' })).toBe('')
      execFileSync('go', ['vet', './...'], { cwd, env })
      execFileSync('go', ['build', '-o', 'service', '.'], { cwd, env })
      return [join(cwd, 'service')]
    },
  },
  {
    name: 'Java (needs javac 17)', input: { ...base, stack: ['spring-boot', 'postgres', 'stripe'] }, path: 'src/main/java/config/AppConfig.java', present: has('javac', '-version'),
    compile: ({ body, awkward, bare }) => {
      const files = [put('java/config/AppConfig.java', body), ...[['Awkward', awkward], ['Bare', bare]].map(([name = '', text = '']) => put(`java/config/${name}.java`, text.replaceAll('AppConfig', name))), put('java/Main.java', `import config.AppConfig;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

public class Main {
    public static void main(String[] args) throws IOException {
        if (args.length > 0) {
            for (String line : new String(System.in.readAllBytes()).split("\\n")) {
                Map<String, String> given = new HashMap<>();
                for (String pair : line.split("\\t")) given.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
                try {
                    AppConfig.load(given);
                    System.out.println("started");
                } catch (IllegalStateException wrong) {
                    System.out.println(wrong.getMessage());
                }
            }
            return;
        }
        AppConfig config = AppConfig.loadOrExit();
        System.out.println("started " + config + " " + config.databaseUrl());
        System.out.println(config.databaseUrl().reveal().equals(System.getenv("DATABASE_URL")));
    }
}
`)]
      execFileSync('javac', ['-Xlint:all', '-Werror', '--release', '17', '-d', join(folder, 'java/classes'), ...files])
      return ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', join(folder, 'java/classes'), 'Main']
    },
  },
  {
    name: 'C# (needs mcs and mono)', input: { ...base, stack: ['ASP.NET', 'sql-server', 'stripe'] }, path: 'Configuration/AppConfig.cs', present: has('mcs', '--version') && has('mono', '--version'),
    compile: ({ body, awkward, bare }) => {
      const files = [put('cs/AppConfig.cs', body), ...[['Awkward', awkward], ['Bare', bare]].map(([name = '', text = '']) => put(`cs/${name}.cs`, text.replaceAll('AppConfig', name))), put('cs/Main.cs', `using System;
using System.Collections.Generic;
using Configuration;

public static class Program
{
    public static void Main(string[] args)
    {
        if (args.Length > 0)
        {
            string line;
            while ((line = Console.ReadLine()) != null)
            {
                var given = new Dictionary<string, string>();
                foreach (var pair in line.Split('\\t')) given[pair.Substring(0, pair.IndexOf('='))] = pair.Substring(pair.IndexOf('=') + 1);
                try
                {
                    AppConfig.Load(name => given.ContainsKey(name) ? given[name] : "");
                    Console.WriteLine("started");
                }
                catch (InvalidOperationException wrong) { Console.WriteLine(wrong.Message); }
            }
            return;
        }
        var config = AppConfig.LoadOrExit();
        Console.WriteLine("started " + config + " " + config.DatabaseUrl);
        Console.WriteLine(config.DatabaseUrl.Reveal() == Environment.GetEnvironmentVariable("DATABASE_URL"));
    }
}
`)]
      execFileSync('mcs', ['-langversion:7', '-warnaserror', `-out:${join(folder, 'cs/service.exe')}`, ...files])
      return ['mono', join(folder, 'cs/service.exe')]
    },
  },
]
