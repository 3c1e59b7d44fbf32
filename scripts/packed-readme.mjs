// The README of the package: what stands between `<!-- clone -->` and `<!-- /clone -->` is for a clone and goes, what
// stands in `<!-- packed … /packed -->` comes, and links to what the package does not hold become plain text. `prepack` writes it in place,
// because npm packs no other file as the README; `postpack` puts the one of the repository back.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const readme = join(root, 'README.md')
const kept = join(root, 'node_modules/.cache/sqs-trigger/README.md')

if (process.argv.includes('--restore')) {
  if (existsSync(kept)) {
    writeFileSync(readme, readFileSync(kept))
    rmSync(kept)
  }
} else {
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const packed = [...files, 'README.md', 'LICENSE', 'package.json']
  /** @param {string} target */
  const isPacked = (target) =>
    packed.includes(target.split(/[/#]/)[0] ?? '') && !packed.includes(`!${target}`)
  const text = readFileSync(readme, 'utf8')
  const own = text
    .replaceAll(/<!-- clone -->[\s\S]*?<!-- \/clone -->\n/g, '')
    .replaceAll(/<!-- packed\n([\s\S]*?)\/packed -->/g, (_, packedOnly) => packedOnly.trimEnd())
  const plain = own.replaceAll(/!?\[([^\]]+)\]\(([^)]+)\)/g, (link, words, target) => {
    return /^(https?:|#)/.test(target) || isPacked(target) ? link : words
  })
  // A second pack at the same time must not keep what the first has written.
  if (plain !== text) {
    mkdirSync(dirname(kept), { recursive: true })
    writeFileSync(kept, text)
    writeFileSync(readme, plain)
  }
}
