/** Numbers as text for readers: a true minus sign, powers of ten as powers, no float noise. */

const MINUS = '−';
const SMALLEST_PLAIN = 1e-3;
const LARGEST_PLAIN = 1e5;

const signed = (text: string): string => text.replace('-', MINUS);

/** A power of ten as a label: `$10^{−3}$`. */
export const powerOfTen = (exponent: number): string => `$10^{${signed(String(exponent))}}$`;

/** A value as a label with so many significant digits; trailing zeros go. */
export function formatNumber(value: number, digits = 4): string {
  if (value === Infinity) return '∞';
  if (value === -Infinity) return `${MINUS}∞`;
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN)
    return signed(String(Number(value.toPrecision(digits))));
  const [mantissa = '', exponent = ''] = value.toExponential(digits - 1).split('e');
  const power = powerOfTen(Number(exponent));
  const shown = signed(String(Number(mantissa)));
  return shown === '1' ? power : `${shown} × ${power}`;
}

/** A measured value with its standard error, both to the error's second digit: 0.0123 ± 0.0012. */
export function formatMeasured(value: number, stderr: number): string {
  if (!(stderr > 0) || !Number.isFinite(value) || !Number.isFinite(stderr)) return formatNumber(value);
  const exponent = Math.floor(Math.log10(Math.max(Math.abs(value), stderr)));
  const scaled = exponent < -3 || exponent >= 5 ? exponent : 0;
  const unit = 10 ** scaled;
  const decimals = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(stderr / unit))));
  const pair = `${signed((value / unit).toFixed(decimals))} ± ${(stderr / unit).toFixed(decimals)}`;
  return scaled === 0 ? pair : `(${pair}) × ${powerOfTen(scaled)}`;
}
