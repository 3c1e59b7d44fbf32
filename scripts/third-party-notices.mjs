// The licences of what the bundle holds, from the bundle's own list of files.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @param {string} root
 * @param {import('esbuild').Metafile} metafile
 */
export function thirdPartyNotices(root, metafile) {
  const folders = new Set()
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]
      if (folder && bytesInOutput > 0) folders.add(folder)
    }
  }
  /** @type {Map<string, string[]>} */
  const byText = new Map()
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    const text = licenceText(join(root, folder)) ?? `Licence: ${license} (the package carries no text of it)`
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`])
  }
  const parts = [...byText].map(([text, packages]) => `## ${packages.join(', ')}\n\n${fenced(text)}\n`)
  return `# Third-party notices\n\nsqs-trigger is bundled. These packages are part of what it ships.\n\n${parts.join('\n')}`
}

/** @param {string} folder */
function licenceText(folder) {
  if (!existsSync(folder)) return undefined
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.|$)/i.test(name))
  return file && readFileSync(join(folder, file), 'utf8').trim()
}

/** @param {string} text */
const fenced = (text) => `\`\`\`text\n${text.replaceAll('```', "'''")}\n\`\`\``
