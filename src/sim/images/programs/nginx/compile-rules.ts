import { applySettings } from "./compile-settings";
import { addressUpstream, parseProxyPass } from "./compile-upstream";
import type { Condition, Configuration, Rule, Settings } from "./configuration";
import type { Environment } from "./environment";
import { ConfigError, type Directive } from "./read-config";

/** The rewrite module's directives of a block, in order. */
export function rulesOf(
  block: Directive[],
  settings: Settings,
  configuration: Configuration,
  environment: Environment,
): Rule[] {
  const rules: Rule[] = [];
  for (const directive of block) {
    const { name, args } = directive;
    switch (name) {
      case "return":
        rules.push(returnRule(directive));
        break;
      case "break":
        rules.push({ kind: "break" });
        break;
      case "set":
        if (!args[0]!.startsWith("$")) throw new ConfigError(`invalid variable name "${args[0]}"`, directive);
        rules.push({ kind: "set", name: args[0]!.slice(1), value: args[1]! });
        break;
      case "rewrite": {
        const flag = args[2] ?? (/^(https?:\/\/|\$scheme)/.test(args[1]!) ? "redirect" : "");
        if (!["", "last", "break", "redirect", "permanent"].includes(flag))
          throw new ConfigError(`invalid parameter "${flag}"`, directive);
        rules.push({
          kind: "rewrite",
          pattern: patternOf(args[0]!, false, directive),
          replacement: args[1]!,
          flag: flag as "",
        });
        break;
      }
      case "if": {
        const own = applySettings(settings, directive.block!, configuration);
        const pass = directive.block!.find((item) => item.name === "proxy_pass");
        const proxyPass = pass && parseProxyPass(pass, true);
        if (pass && proxyPass?.template === undefined) addressUpstream(proxyPass!, configuration, environment, pass);
        rules.push({
          kind: "if",
          condition: conditionOf(directive),
          rules: rulesOf(directive.block!, own, configuration, environment),
          settings: own,
          ...(proxyPass && { proxyPass }),
        });
        break;
      }
    }
  }
  return rules;
}

function returnRule(directive: Directive): Rule {
  const [first = "", text] = directive.args;
  const code = Number(first);
  if (/^\d+$/.test(first)) {
    if (code > 999) throw new ConfigError(`invalid return code "${first}"`, directive);
    return { kind: "return", code, ...(text !== undefined && { text }) };
  }
  if (text !== undefined || !/^(https?:\/\/|\$scheme)/.test(first))
    throw new ConfigError(`invalid return code "${first}"`, directive);
  return { kind: "return", code: 302, text: first };
}

export function conditionOf(directive: Directive): Condition {
  const words = directive.args.slice();
  const text = words.join(" ");
  if (!text.startsWith("(") || !text.endsWith(")")) throw new ConfigError(`invalid condition "${words[0]}"`, directive);
  words[0] = words[0]!.slice(1);
  words[words.length - 1] = words.at(-1)!.slice(0, -1);
  const parts = words.filter((word, index) => word !== "" || (index > 0 && index < words.length - 1));
  const [value = "", operator, other = ""] = parts;
  const file = /^(!?)-([fdex])$/.exec(value);
  if (file && parts.length === 2)
    return { kind: "file", test: file[2] as "f", path: operator!, negate: file[1] === "!" };
  if (!value.startsWith("$")) throw new ConfigError(`invalid condition "${value}"`, directive);
  if (operator === undefined) return { kind: "true", value };
  if (operator === "=" || operator === "!=") return { kind: "equal", value, other, negate: operator === "!=" };
  const match = /^(!?)~(\*?)$/.exec(operator);
  if (!match) throw new ConfigError(`unexpected "${operator}" in condition`, directive);
  return { kind: "match", value, pattern: patternOf(other, match[2] === "*", directive), negate: match[1] === "!" };
}

/** PCRE as JavaScript has it: named groups and inline `(?i)` are put in its own form. */
export function patternOf(source: string, insensitive: boolean, directive: Directive): RegExp {
  const inline = /^\(\?i\)/.test(source);
  const body = source.replace(/^\(\?i\)/, "").replaceAll("(?P<", "(?<");
  try {
    return new RegExp(body, insensitive || inline ? "i" : "");
  } catch {
    throw new ConfigError(`pcre_compile() failed: unmatched parentheses in "${source}"`, directive);
  }
}
