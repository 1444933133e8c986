import { describe, expect, test } from 'vitest'
import { parseBlocks } from './blocks'
import { parseInline, safeHref } from './inline'

describe('a note in Markdown', () => {
  test('marks, lists and boxes are read', () => {
    expect(parseBlocks('# Visit\nSaw **two** cabinets\nand a _pump_\n\n- [x] photo\n- [ ] quote')).toEqual([
      { kind: 'heading', lines: [[{ kind: 'text', text: 'Visit' }]] },
      {
        kind: 'paragraph',
        lines: [
          [
            { kind: 'text', text: 'Saw ' },
            { kind: 'strong', inside: [{ kind: 'text', text: 'two' }] },
            { kind: 'text', text: ' cabinets' },
          ],
          [
            { kind: 'text', text: 'and a ' },
            { kind: 'em', inside: [{ kind: 'text', text: 'pump' }] },
          ],
        ],
      },
      {
        kind: 'list',
        ordered: false,
        items: [
          { done: true, line: [{ kind: 'text', text: 'photo' }] },
          { done: false, line: [{ kind: 'text', text: 'quote' }] },
        ],
      },
    ])
  })

  test('an address in a sentence is a link, the full stop is not', () => {
    expect(parseInline('See https://example.com/a_b.').at(1)).toEqual({
      kind: 'link',
      href: 'https://example.com/a_b',
      inside: [{ kind: 'text', text: 'https://example.com/a_b' }],
    })
  })

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//evil.example',
    '/\\evil.example',
    ' javascript:x',
  ])('%s leads nowhere', (href) => {
    expect(safeHref(href)).toBeNull()
    expect(parseInline(`[x](${href})`).some((node) => node.kind === 'link')).toBe(false)
  })

  test('HTML is text', () => {
    expect(parseBlocks('<img src=x onerror=alert(1)><script>x</script>')).toEqual([
      { kind: 'paragraph', lines: [[{ kind: 'text', text: '<img src=x onerror=alert(1)><script>x</script>' }]] },
    ])
  })

  test('snake_case_names and 2 * 3 * 4 stay as they are, a mark may be escaped', () => {
    expect(parseInline('snake_case_name')).toEqual([{ kind: 'text', text: 'snake_case_name' }])
    expect(parseInline('2 * 3 * 4')).toEqual([{ kind: 'text', text: '2 * 3 * 4' }])
    expect(parseInline('\\*no\\*')).toEqual([{ kind: 'text', text: '*no*' }])
  })

  test('a hostile text takes no time', () => {
    const began = performance.now()
    parseBlocks(`${'*'.repeat(5000)}${'['.repeat(5000)}${'_a'.repeat(5000)}`)
    expect(performance.now() - began).toBeLessThan(1500)
  })
})
