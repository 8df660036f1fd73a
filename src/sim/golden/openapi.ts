import { openApiV2 } from "../apiserver/openapi/v2";
import { kinds } from "../kinds";
import { goldenText } from "./cases";
import { type CaseResult, differs, NOT_RUN, SIM_EXCEPTIONS, type Suite } from "./suite";

type Document = Record<string, any>;

/**
 * A property without what is said about it in words. The document was recorded with the gate OpenAPIEnums off, which is on
 * by default: enums are ours to tell.
 */
const structure = ({ description: _, enum: __, ...rest }: Document): Document =>
  rest.items ? { ...rest, items: structure(rest.items) } : rest;

function complaintsOf(ours: Document | undefined, real: Document): string[] {
  if (!ours) return [NOT_RUN];
  const complaints: string[] = [];
  const names = new Set([...Object.keys(ours.properties ?? {}), ...Object.keys(real.properties ?? {})]);
  for (const name of [...names].sort()) {
    const [our, their] = [ours.properties?.[name], real.properties?.[name]];
    if (!our) complaints.push(`lacks ${name}`);
    else if (!their) complaints.push(`has ${name}`);
    else complaints.push(...differs(structure(our), structure(their)).map((text) => `${name}: ${text}`));
  }
  complaints.push(...differs([...(ours.required ?? [])].sort(), [...(real.required ?? [])].sort()));
  return complaints;
}

/** One case a definition of the real document: its fields, their types, and how they merge. */
export const openApiSuite: Suite = {
  file: "openapi-v2-1.33.json.gz",
  exceptions: SIM_EXCEPTIONS,
  run: () => {
    const { definitions } = openApiV2(kinds) as { definitions: Document };
    const real = Object.entries<Document>(JSON.parse(goldenText("openapi-v2-1.33.json.gz")).definitions);
    return real.map(
      ([name, definition]): CaseResult => ({
        id: name,
        what: name,
        complaints: complaintsOf(definitions[name], definition),
      }),
    );
  },
};
