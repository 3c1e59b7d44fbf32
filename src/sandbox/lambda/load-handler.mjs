import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { named } from './handler-errors.mjs'

/** @typedef {(event: unknown, context: object, callback: (error: unknown, result?: unknown) => void) => unknown} Handler */

/**
 * Finds a handler by `file.export`, as Lambda's Node.js runtime does. `file`: the module itself, for code by path.
 * Throws errors that bear the runtime's names, e.g. Runtime.ImportModuleError.
 * @param {{ root: string, file?: string, handler: string }} code
 * @returns {Promise<Handler>}
 */
export async function loadHandler({ root, file, handler: name }) {
  if (name.includes('..')) {
    throw named(
      'Runtime.MalformedHandlerName',
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    )
  }
  const match = /^([^.]*)\.(.*)$/.exec(basename(name))
  if (!match) throw named('Runtime.MalformedHandlerName', 'Bad handler')
  const [, moduleName = '', exportName = ''] = match
  const folder = name.slice(0, name.length - basename(name).length)
  const module = await loadModule(root, file, join(folder, moduleName))
  const found = findIn(module, exportName) ?? findIn(Reflect.get(Object(module), 'default'), exportName)
  if (!found) throw named('Runtime.HandlerNotFound', `${name} is undefined or not exported`)
  if (typeof found !== 'function') throw named('Runtime.HandlerNotFound', `${name} is not a function`)
  // A handler is any function; it is called as Lambda calls it.
  return /** @type {Handler} */ (found)
}

/** @param {string} root @param {string | undefined} file @param {string} moduleName */
async function loadModule(root, file, moduleName) {
  const wanted = resolve(root, moduleName)
  const files = file ? [file] : ['', '.js', '.mjs', '.cjs'].map((ending) => wanted + ending)
  const found = files.find((candidate) => existsSync(candidate) && basename(candidate) !== basename(root))
  try {
    // import() loads CommonJS too, and JSON-free: its exports arrive under `default`.
    if (found) return await import(pathToFileURL(found).href)
    const require = createRequire(import.meta.url)
    return require(require.resolve(file ?? moduleName, { paths: [root] }))
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw Object.assign(named('Runtime.UserCodeSyntaxError', String(error)), { stack: error.stack })
    }
    const code = error instanceof Error ? Reflect.get(error, 'code') : undefined
    throw code === 'MODULE_NOT_FOUND' ? named('Runtime.ImportModuleError', String(error)) : error
  }
}

/** @param {unknown} module @param {string} path */
function findIn(module, path) {
  return path
    .split('.')
    .reduce(
      (/** @type {unknown} */ nested, key) => (nested ? Reflect.get(Object(nested), key) : undefined),
      module,
    )
}
