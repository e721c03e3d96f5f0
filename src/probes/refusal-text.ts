/**
 * Words by which any server says "slow down" or "not you". Only for text that is an error anyway (an HTTP error's body, a
 * line of its own): terms of use speak of all of this too.
 */
const THROTTLE =
  /too many (requests|queries|connections)|rate.?limit|quota|limit (exceeded|reached)|exceeded .{0,60}limit|query rate|throttl|excessive quer|blacklist|block(ed)? .{0,40}\b(ip|address|client)\b|\b(ip|address|client)\b.{0,60}block|slow down|grace period/i

/** Whether the text of an error says that we asked too much. */
export const saysThrottled = (text: string): boolean => THROTTLE.test(text)
/** Whether the text is a web page where none was asked for. */
export const isHtml = (text: string): boolean =>
  /^\s*(<!--[\s\S]*?-->\s*)?<(!doctype|html|head|body|title|\?xml)\b/i.test(text)
