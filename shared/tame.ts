// Texts of devices and files may hold more than letters: orders to a terminal, other line ends, turns of the direction of writing.

/**
 * Control characters but tab and the line ends of XML, the line and paragraph separators, and what turns the direction of
 * writing (Unicode TR 36, 2.5): none of them belongs into a name, and each can make a line look like something else.
 */
const unruly = /[^\t\n\r\P{Cc}]|[\p{Zl}\p{Zp}\p{Bidi_Control}]/gu

/** The text with a visible stand-in (U+FFFD) for each of them; most texts come back as they are. */
export const tame = (text: string): string => text.replace(unruly, '\ufffd')
