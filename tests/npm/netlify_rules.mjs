// Netlify's own parsers and matcher, asked line by line in JSON. Its packages lie in the folder
// that the first argument names.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.argv[2]}/`);
const redirector = require("netlify-redirector");

const load = async (name) => import(pathToFileURL(require.resolve(name)).href);

const questions = {
  async match({ rules, requests }) {
    const matcher = await redirector.parsePlain(rules, {});
    return requests.map(({ path, query, origin, headers, cookies }) => {
      const { protocol, hostname } = new URL(origin);
      const found = matcher.match({
        scheme: protocol.slice(0, -1),
        host: hostname,
        path,
        query,
        headers,
        cookieValues: cookies,
        getHeader: (name) => headers[name.toLowerCase()] ?? "",
        getCookie: (name) => cookies[name] ?? "",
      });
      return found && { status: found.status, to: found.to, force: found.force };
    });
  },
  async redirects({ file }) {
    const { parseAllRedirects } = await load("@netlify/redirect-parser");
    const { redirects, errors } = await parseAllRedirects({ redirectsFiles: [file] });
    return { redirects, errors: errors.length };
  },
  async headers({ file, path }) {
    const { parseAllHeaders } = await load("@netlify/headers-parser");
    const { headers, errors } = await parseAllHeaders({ headersFiles: [file], minimal: false });
    const values = headers.map(({ for: pattern, forRegExp, values }) => ({
      pattern,
      values,
      matches: path === undefined ? null : forRegExp.test(path),
    }));
    return { headers: values, errors: errors.length };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...question } = JSON.parse(line);
  let answer;
  try {
    answer = { answer: await questions[ask](question) };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
