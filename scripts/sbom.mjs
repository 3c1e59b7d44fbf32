// Prints what the package is made of, as CycloneDX 1.5. `npm sbom --omit dev` would print an empty list, because
// everything is bundled and nothing is a dependency at run time: the list here is that of THIRD_PARTY_NOTICES.md, which
// the build writes from the bundle itself. Versions, licences and hashes are those of the lock file.
// https://cyclonedx.org/docs/1.5/json/
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const read = (/** @type {string} */ name) => readFileSync(join(root, name), 'utf8')
const own = JSON.parse(read('package.json'))
const { packages } = JSON.parse(read('package-lock.json'))

const bundled = [...read('THIRD_PARTY_NOTICES.md').matchAll(/^## (.+)$/gm)]
  .flatMap(([, heading = '']) => [...heading.matchAll(/(\S+) (\S+) \(([^)]*)\)/g)])
  .map(([, name = '', version = '', licence = '']) => component(name, version, licence))
  .sort((a, b) => (a.purl < b.purl ? -1 : 1))

const self = component(own.name, own.version, own.license)
const document = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: { component: { ...self, description: own.description } },
  components: bundled,
  // Which part of the bundle asks for which is lost in it: all are parts of the package.
  dependencies: [{ ref: self['bom-ref'], dependsOn: bundled.map((part) => part['bom-ref']) }],
}
process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)

/**
 * @param {string} name
 * @param {string} version
 * @param {string} licence an SPDX expression
 */
function component(name, version, licence) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  const locked = Object.entries(packages).find(
    ([path, { version: found }]) => path.endsWith(`node_modules/${name}`) && found === version,
  )
  const [, algorithm, digest] = /^(sha512)-(.+)$/.exec(locked?.[1].integrity ?? '') ?? []
  const hashes =
    algorithm && digest ? [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] : []
  return {
    type: name === own.name ? 'application' : 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    licenses: [{ license: { id: licence } }],
    ...(hashes.length === 0 ? {} : { hashes }),
  }
}
