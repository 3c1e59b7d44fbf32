// Ends with an error where the tag in TAG must not be published: run by .github/workflows/release.yml.
import { readFileSync } from 'node:fs'

const { version, repository } = JSON.parse(readFileSync('package.json', 'utf8'))
const { TAG: tag = '' } = process.env
const missing = [
  ...(tag === `v${version}` ? [] : [`The tag is ${tag || 'missing'}, but package.json says ${version}.`]),
  ...(readFileSync('CHANGELOG.md', 'utf8').includes(`## [${version}]`)
    ? []
    : [`CHANGELOG.md has no heading for ${version}.`]),
  // npm refuses provenance for a package that does not name the repository it was built from.
  ...(repository?.url ? [] : ['package.json names no repository.']),
]
for (const sentence of missing) process.stderr.write(`${sentence}\n`)
process.exitCode = missing.length === 0 ? 0 : 1
