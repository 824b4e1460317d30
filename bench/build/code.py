"""Fenced blocks of code: ten to fifteen lines, no two alike, so that no cache can help."""

from __future__ import annotations

from random import Random

from bench.build.vocabulary import ADJECTIVES, NOUNS

_PYTHON = """\
from dataclasses import dataclass

@dataclass(frozen=True)
class {Noun}:
    {other}: int = {a}
    {third}: str = "{adjective} {noun}"

    def {adjective}_{other}(self, limit: float = {b}.5) -> list[int]:
        # A {adjective} {noun} is never weighed twice.
        return [x * {c} for x in range(self.{other}) if x % {d} != 0 and x < limit]

print({Noun}({b}).{adjective}_{other}())
"""
_GO = """\
package {noun}

import "fmt"

// {Noun} holds {a} of each {other}.
type {Noun} struct {{
	{Other} map[string]int
}}

func (n *{Noun}) {Third}(limit int) (int, error) {{
	if got := n.{Other}["{adjective}"]; got > limit+{b} {{
		return 0, fmt.Errorf("{noun}: %d over %d", got, {c})
	}}
	return {d}, nil
}}
"""
_JAVASCRIPT = """\
import {{ {third} }} from "./{noun}.js";

const {other}s = new Map([["{adjective}", {a}], ["{noun}", {b}]]);

export async function {noun}{Other}(limit = {c}) {{
  const response = await fetch(`/api/{noun}?limit=${{limit}}`);
  if (!response.ok) throw new Error("no {adjective} {noun}");
  for (const [name, count] of {other}s) {{
    console.log(name, count * {d}); // {adjective}
  }}
  return {third}(await response.json());
}}
"""
_RUST = """\
use std::collections::HashMap;

/// A {adjective} {noun}.
#[derive(Debug, Clone)]
pub struct {Noun} {{ {other}: u32, {third}: HashMap<String, u64> }}

impl {Noun} {{
    pub fn {adjective}(&self, limit: u32) -> Option<u64> {{
        let total: u64 = self.{third}.values().map(|n| n * {a}).sum();
        if self.{other} > limit {{ return None; }}
        Some(total + {b} % {c})
    }}
}}
"""
_SHELL = """\
#!/bin/sh
set -eu

{noun}_dir="${{HOME}}/{other}"
for file in "$(ls "${{{noun}_dir}}"/*.{third})"; do
    # skip what is {adjective}
    if [ "$(wc -c < "$file")" -gt {a} ]; then
        echo "too {adjective}: $file" >&2
        continue
    fi
    grep -c '{noun}' "$file" | awk '{{ total += $1 * {b} }} END {{ print total }}'
done
exit {c}
"""
_SQL = """\
CREATE TABLE {noun} (
    id INTEGER PRIMARY KEY,
    {other} TEXT NOT NULL DEFAULT '{adjective}',
    {third} NUMERIC CHECK ({third} > {a})
);

SELECT n.{other}, count(*) AS jars, sum(n.{third}) * {b} AS weight
FROM {noun} AS n
LEFT JOIN {other}s AS o ON o.id = n.id -- {adjective} ones too
WHERE n.{third} BETWEEN {c} AND {d} OR n.{other} LIKE '%{noun}%'
GROUP BY n.{other}
ORDER BY weight DESC;
"""
_CSS = """\
:root {{ --{noun}: #{a:03x}; }}

.{noun} > .{other}:hover,
.{third}::before {{
  display: grid;
  grid-template-columns: repeat({d}, minmax({b}px, 1fr));
  color: var(--{noun}, rgb({c} {d} {b} / 50%));
}}

@media (min-width: {a}px) {{
  .{noun} {{ margin: 0 auto; content: "{adjective}"; }}
}}
"""
_YAML = """\
# what the {adjective} {noun} needs
{noun}:
  name: "{adjective} {other}"
  weight: {a}
  sealed: true
  parts:
    - {{ {other}: {b}, unit: g }}
    - {{ {third}: {c}, unit: ml }}
  steps: &{third}
    - heat to {d} degrees
    - wait
{other}:
  <<: *{third}
"""

TEMPLATES = (
    ("python", _PYTHON),
    ("go", _GO),
    ("javascript", _JAVASCRIPT),
    ("rust", _RUST),
    ("bash", _SHELL),
    ("sql", _SQL),
    ("css", _CSS),
    ("yaml", _YAML),
)


def render_code(random: Random) -> str:
    """A fenced block in one of eight languages, with names and numbers of its own."""
    language, template = random.choice(TEMPLATES)
    noun, other, third = random.sample(NOUNS, 3)
    body = template.format(
        noun=noun,
        other=other,
        third=third,
        adjective=random.choice(ADJECTIVES),
        Noun=noun.title(),
        Other=other.title(),
        Third=third.title(),
        a=random.randrange(1, 1000),
        b=random.randrange(1, 1000),
        c=random.randrange(1, 256),
        d=random.randrange(2, 256),
    )
    return f"```{language}\n{body}```"
