import { readFileSync, writeFileSync } from 'node:fs'
import { transform } from 'esbuild'

const ownUrl = 'require("node:url").pathToFileURL(__filename).href'

/**
 * Turns the files of a split bundle into CommonJS, each for itself: esbuild splits ES modules only, and Node takes longer
 * to start them. A preflight took an eighth longer.
 * @param {readonly string[]} files
 * @param {import('esbuild').TransformOptions} options
 */
export async function commonJs(files, options) {
  await Promise.all(
    files.map(async (file) => {
      const source = readFileSync(file, 'utf8')
      const url = source.includes('import.meta.url') ? `const importMetaUrl=${ownUrl};` : ''
      const { code } = await transform(source, {
        ...options,
        // As ES modules are.
        banner: `"use strict";${url}`,
        define: { 'import.meta.url': 'importMetaUrl', 'import.meta.dirname': '__dirname' },
      })
      writeFileSync(file, code)
    }),
  )
}
