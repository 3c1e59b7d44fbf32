// Runs in the page, not here: it filters, sorts and copies. Whatever it does not do, the page can be read without it.

const step = 50
const table = document.querySelector('.mappings')
const form = document.querySelector('.filters')
if (table instanceof HTMLTableElement && form instanceof HTMLFormElement) enliven(table, form)

/**
 * @param {HTMLTableElement} table
 * @param {HTMLFormElement} form
 */
function enliven(table, form) {
  const find = must(form.querySelector('input'))
  const selects = [...form.querySelectorAll('select')]
  const shown = must(document.querySelector('.shown'))
  const rest = /** @type {HTMLElement} */ (must(document.querySelector('.rest')))
  const more = must(rest.querySelector('button'))
  const all = [...table.tBodies].map((body) => ({
    body,
    words: (body.textContent ?? '').toLowerCase(),
    keys: [...must(body.rows[0]).cells].map(({ dataset, textContent }) => dataset.key ?? textContent ?? ''),
  }))
  const order = new Intl.Collator('en', { numeric: true })
  // Apart from the count, which is not to be overwritten.
  const said = document.createElement('p')
  said.className = 'spoken'
  said.role = 'status'
  form.after(said)
  let sorted = all
  let limit = step

  apply()
  form.hidden = false
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('input', () => {
    limit = step
    apply()
  })
  must(form.querySelector('button')).addEventListener('click', () => {
    form.reset()
    limit = step
    apply()
  })
  more.addEventListener('click', () => {
    const next = limit
    limit += step
    apply()
    table.tBodies[next]?.querySelector('summary')?.focus()
  })
  for (const [column, head] of [...must(table.tHead).querySelectorAll('th')].entries()) sortable(head, column)

  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('[data-find]') : null
    const words = link?.getAttribute('data-find')
    if (!words) return
    event.preventDefault()
    form.reset()
    find.value = words
    limit = step
    apply()
    must(document.getElementById('mappings')).scrollIntoView()
    find.focus({ preventScroll: true })
  })
  table.addEventListener('toggle', ({ target }) => addCopying(target), true)
  addEventListener('beforeprint', () => {
    limit = Infinity
    apply()
    for (const body of table.tBodies) {
      if (body.querySelector('.finding')) must(body.querySelector('details')).open = true
    }
  })
  /** @param {{ body: HTMLElement, words: string }} row */
  function matches({ body, words }) {
    return (
      selects.every(({ value, dataset }) => value === '' || body.dataset[dataset.by ?? ''] === value) &&
      find.value
        .toLowerCase()
        .split(/\s+/)
        .every((word) => words.includes(word))
    )
  }

  /** Only what is shown stands in the table: a thousand rows would be laid out again with every key. */
  function apply() {
    const found = sorted.filter(matches)
    const bodies = found.slice(0, limit).map(({ body }) => body)
    if (bodies.length !== table.tBodies.length || bodies.some((body, at) => body !== table.tBodies[at])) {
      for (const body of [...table.tBodies]) body.remove()
      table.append(...bodies)
    }
    tell(found.length)
  }

  /** @param {number} count */
  function tell(count) {
    const left = Math.max(0, count - limit)
    rest.hidden = left === 0
    more.textContent = `Show ${Math.min(step, left)} more`
    const whole = `${number(all.length)} ${all.length === 1 ? 'mapping' : 'mappings'}`
    const found = count === all.length ? whole : `${number(count)} of ${whole}`
    shown.textContent = left === 0 ? `${found}.` : `${found}; the first ${number(limit)} are shown.`
  }

  /**
   * @param {HTMLTableCellElement} head
   * @param {number} column
   */
  function sortable(head, column) {
    const button = document.createElement('button')
    button.type = 'button'
    button.append(...head.childNodes)
    head.append(button)
    button.addEventListener('click', () => {
      const direction = head.ariaSort === 'ascending' ? -1 : 1
      for (const other of must(table.tHead).querySelectorAll('[aria-sort]'))
        other.removeAttribute('aria-sort')
      head.ariaSort = direction > 0 ? 'ascending' : 'descending'
      sorted = all.toSorted(
        (one, other) => direction * order.compare(one.keys[column] ?? '', other.keys[column] ?? ''),
      )
      apply()
    })
  }

  /** Only where details are opened: a thousand buttons would be made for nobody. @param {unknown} details */
  function addCopying(details) {
    if (!(details instanceof HTMLDetailsElement) || !details.open) return
    for (const block of details.querySelectorAll('pre:not(:has(button))')) {
      const button = document.createElement('button')
      button.type = 'button'
      button.textContent = 'Copy'
      button.addEventListener('click', () => copy(must(block.querySelector('code')), button))
      block.append(button)
    }
  }

  /**
   * Where the clipboard is refused the text is selected, so that the keys copy it.
   * @param {HTMLElement} code
   * @param {HTMLButtonElement} button
   */
  async function copy(code, button) {
    try {
      await navigator.clipboard.writeText(code.textContent ?? '')
      button.textContent = 'Copied'
    } catch {
      getSelection()?.selectAllChildren(code)
      button.textContent = 'Selected'
    }
    said.textContent = button.textContent
    setTimeout(() => {
      button.textContent = 'Copy'
      said.textContent = ''
    }, 2000)
  }
}

/** @param {number} count */
function number(count) {
  return count.toLocaleString('en-US')
}

/**
 * What the page was written with.
 * @template T
 * @param {T | null | undefined} value
 * @returns {T}
 */
function must(value) {
  if (value == null) throw new Error('the page is not whole')
  return value
}
