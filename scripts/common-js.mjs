import { readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { minify } from '@swc/core'
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
      writeFileSync(file, readByNode.has(basename(file)) ? code : await smaller(shortened(code)))
    }),
  )
  for (const folder of new Set(files.map((file) => dirname(file)))) {
    writeFileSync(join(folder, interop), asImported)
  }
}

/**
 * What esbuild leaves, in fewer bytes: a twentieth of the package.
 * @param {string} code of one CommonJS file
 */
export async function smaller(code) {
  const options = {
    compress: { passes: 6, toplevel: true },
    mangle: { toplevel: true },
    ecma: 2022,
    module: false,
  }
  return (await minify(code, /** @type {import('@swc/core').JsMinifyOptions} */ (options))).code
}

/** Node finds the names that an ES module imports by esbuild's own way to export them. */
const readByNode = new Set(['index.cjs'])

const interop = 'interop.cjs'

/** What `import()` of a CommonJS module gives: its exports, and itself as `default` unless it was an ES module. */
const asImported = `"use strict";
module.exports = (exported) => {
  if (exported?.__esModule) return exported
  const module = Object.create(null, Object.getOwnPropertyDescriptors(exported ?? {}))
  return Object.defineProperty(module, 'default', { value: exported, enumerable: true })
}
`

/**
 * esbuild writes the same half a kilobyte into each of two hundred files, to hand out their exports and to take others'
 * in. Written as getters, and the taking in as a file of its own, they are a twentieth of the package smaller. Where
 * esbuild comes to write otherwise, the file stays as it is.
 * @param {string} code
 */
function shortened(code) {
  const end = /var ([\w$]+)=\{\};[\w$]+\(\1,\{([^{}]*)\}\);module\.exports=[\w$]+\(\1\);/.exec(code)
  if (end === null) return code
  const [whole, , exported = ''] = end
  const head = code.slice(0, end.index)
  const known =
    /^"use strict";(?<url>const importMetaUrl=[^;]*;)?\s*var .*=>[\w$]+\([\w$]+\(\{\},"__esModule",\{value:!0\}\),[\w$]+\);$/s
  const { url = '' } = known.exec(head)?.groups ?? {}
  if (!known.test(head)) return code
  const takesIn = /([\w$]+)=\((\w+),(\w+),(\w+)\)=>\(\4=\2!=null\?/.exec(head)?.[1]
  const getters = exported.split(',').map((one) => one.replace(/^(.+?):\(\)=>(.+)$/, 'get $1(){return $2}'))
  const take = takesIn === undefined ? '' : `var ${takesIn}=require("./${interop}");`
  const rest = code.slice(end.index + whole.length)
  return `"use strict";${url}module.exports={__esModule:!0,${getters.join(',')}};${take}${rest}`
}
