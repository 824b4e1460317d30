// Bundles scripts for whoever is at the other end of standard input and output, a JSON value a line.
// It asks there for every module, and touches no disk itself.

const waiting = new Map();
const { stdin, stdout } = process;

function send(message) {
  stdout.write(`${JSON.stringify(message)}\n`);
}

function ask(question) {
  return new Promise((answer) => {
    const id = waiting.size ? Math.max(...waiting.keys()) + 1 : 0;
    waiting.set(id, answer);
    send({ id, ...question });
  });
}

const site = {
  name: "site",
  setup(build) {
    build.onResolve({ filter: /.*/ }, async ({ path, importer, kind }) => {
      if (!importer) return { path, namespace: "site" };
      const found = await ask({ resolve: path, importer, kind });
      return found === null ? { path, external: true } : { path: found, namespace: "site" };
    });
    build.onLoad({ filter: /.*/, namespace: "site" }, ({ path }) => ask({ load: path }));
  },
};

function describe({ message, position }) {
  return { message, path: position?.file, line: position?.line, column: position?.column };
}

async function work({ entry, minify, sourceMap, environment }) {
  const built = await Bun.build({
    entrypoints: [entry],
    root: import.meta.dir,
    plugins: [site],
    target: "browser",
    format: "esm",
    env: "disable",
    define: { "process.env.NODE_ENV": JSON.stringify(environment) },
    minify,
    sourcemap: sourceMap ? "external" : "none",
    throw: false,
  });
  const texts = await Promise.all(built.outputs.map((output) => output.text()));
  const found = (kind) => texts[built.outputs.findIndex((output) => output.kind === kind)] ?? "";
  const said = (level) => built.logs.filter((log) => log.level === level).map(describe);
  send({
    done: built.success,
    text: found("entry-point"),
    sourceMap: found("sourcemap"),
    errors: said("error"),
    warnings: said("warning"),
  });
}

let rest = "";
stdin.setEncoding("utf8");
stdin.on("data", (chunk) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop();
  for (const line of lines) {
    const message = JSON.parse(line);
    if ("entry" in message) {
      work(message).catch((error) => send({ done: false, errors: [{ message: String(error) }] }));
    } else {
      const answer = waiting.get(message.id);
      waiting.delete(message.id);
      answer(message.answer);
    }
  }
});
stdin.on("end", () => process.exit());
