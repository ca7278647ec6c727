export type SampleDomain = 'demonstration' | 'conversation' | 'web' | 'code' | 'mathematics';

/** A text to begin with; all of them were written for Headlight. */
export interface Sample {
  readonly id: string;
  readonly domain: SampleDomain;
  readonly title: string;
  readonly text: string;
}

export const SAMPLES: readonly Sample[] = [
  {
    id: 'repeats',
    domain: 'demonstration',
    title: 'A text that repeats itself',
    text: 'The lantern keeper of Ostrava counts seven bells, folds the green map twice, and hums an old song about herring. Nobody knows why. Tomorrow the lantern keeper of Ostrava counts seven bells, folds the green map twice, and hums an old song about herring.',
  },
  {
    id: 'plumber',
    domain: 'conversation',
    title: 'The plumber',
    text: 'Anna: Did you call the plumber back? He left a message on my phone this morning.\nMarek: Not yet. I thought you wanted to ask your sister about hers first.\nAnna: She said hers was slow, but he was cheap. So maybe we go with this one?\nMarek: Fine by me. If he can come on Friday, I will stay home and let him in.\nAnna: Friday is the parents’ evening, remember? You promised to come.\nMarek: Right. Then Thursday, or he waits until next week.',
  },
  {
    id: 'late-train',
    domain: 'conversation',
    title: 'Late again',
    text: 'Tom: ok so I am on the platform and there is no train\nLea: what do you mean no train\nTom: it says 40 minutes. FORTY\nLea: take the bus from the other side?\nTom: the bus is also late, everybody is standing there looking sad\nLea: should we start without you then\nTom: start the soup, wait with the cake\nLea: the cake waits for nobody\nTom: that is cruel and you know it\nLea: fine. one slice. hurry',
  },
  {
    id: 'doctor',
    domain: 'conversation',
    title: 'At the doctor’s',
    text: '"How long has the knee been hurting?"\n"Since the walk on Sunday, but it was worse yesterday. Going down the stairs is the bad part."\n"Going down, not up?"\n"Up is all right. When I sit for long it gets stiff, and then the first steps hurt."\n"Did it swell?"\n"A little, on the inside. I put ice on it, which helped for an hour."\n"Let me bend it. Tell me when it hurts. Here?"\n"No. No. Yes, there. That is the spot I meant."\n"Good. I do not think anything is torn. Two weeks without long walks, and then we look again."',
  },
  {
    id: 'help-desk',
    domain: 'conversation',
    title: 'A help desk',
    text: 'User: My printer says that it is offline, but the lamp is green and the cable is in.\nAssistant: A green lamp means that it has power. Does the page that you sent still stand in the queue?\nUser: Yes, three of them, all marked "waiting".\nAssistant: Then the computer still talks to its old address. Open the printer settings, remove the printer, and add it again by its name.\nUser: Removed it. Now it finds two with the same name.\nAssistant: Take the one whose address ends in .local; the other is the old entry. Print a test page and tell me what comes out.\nUser: The test page came out, and then my three pages. Thank you!',
  },
  {
    id: 'library',
    domain: 'web',
    title: 'A library’s page',
    text: 'Our town library opens seven days a week. Members borrow up to twelve books at a time, reserve titles from home, and print twenty pages free of charge every month. New readers need a photo card and proof of address; visitors may use the reading room without joining. Parking is behind the building, next to the market hall. Lost a card? Ask at the front desk: the first replacement is free, every further one costs two euros.',
  },
  {
    id: 'sourdough',
    domain: 'web',
    title: 'A recipe',
    text: 'Weeknight flatbread (serves 4)\n\nStir 300 g of flour with 6 g of salt, then add 190 g of warm water and a spoonful of oil. Knead for five minutes until the dough stops sticking to your hands. Let it rest under a bowl while you chop the onions. Divide the dough into four, roll each piece thin, and bake it in a dry pan over high heat: one minute on the first side, until it blisters, and half a minute on the second. Keep the breads warm in a towel. Tip: a spoonful of yoghurt in the dough makes them softer, and they will still be soft the next day.',
  },
  {
    id: 'heron',
    domain: 'web',
    title: 'A notice about herons',
    text: 'Grey herons have returned to the mill pond. Volunteers counted eleven nests in the poplars this spring, three more than last year and the highest number since counting began in 1998. Walkers are asked to keep dogs on a lead along the eastern bank until the end of June. The best view is from the wooden platform, which is open from sunrise to sunset; bring binoculars, since the birds leave at once when anyone comes close.',
  },
  {
    id: 'tide-clock',
    domain: 'web',
    title: 'An article’s first lines',
    text: '# Why the tide is late by fifty minutes a day\n\nAsk on any pier when the water will be high and the answer is never "at noon". The sea follows the moon, not the sun, and the moon takes a little longer than a day to come back over the same place: about twenty-four hours and fifty minutes. A high tide at eight in the morning therefore means one shortly before nine tomorrow, and so on, once around the clock in two weeks.\n\nThat is the rule. In this series we look at the harbours that break it: one where the water rises four times a day, one where it hardly moves at all, and one where the flood arrives as a wall.',
  },
  {
    id: 'running-mean',
    domain: 'code',
    title: 'A running mean (Python)',
    text: 'def running_mean(values, width):\n    """Yield the mean of each window of `width` neighbours."""\n    if width < 1:\n        raise ValueError("width must be positive")\n    total = 0.0\n    out = []\n    for i, v in enumerate(values):\n        total += v\n        if i >= width:\n            total -= values[i - width]\n        if i >= width - 1:\n            out.append(total / width)\n    return out\n\n\nprint(running_mean([1, 2, 3, 4, 5], 2))\n',
  },
  {
    id: 'queue',
    domain: 'code',
    title: 'A bounded queue (TypeScript)',
    text: 'export class BoundedQueue<T> {\n  private items: T[] = [];\n\n  constructor(private readonly limit: number) {\n    if (limit < 1) throw new RangeError("limit must be at least 1");\n  }\n\n  push(item: T): boolean {\n    if (this.items.length === this.limit) return false;\n    this.items.push(item);\n    return true;\n  }\n\n  shift(): T | undefined {\n    return this.items.shift();\n  }\n\n  get isFull(): boolean {\n    return this.items.length === this.limit;\n  }\n}\n',
  },
  {
    id: 'late-orders',
    domain: 'code',
    title: 'Late orders (SQL)',
    text: 'WITH late AS (\n  SELECT o.customer_id, o.id AS order_id, d.delivered_on - o.promised_on AS days_late\n  FROM orders AS o\n  JOIN deliveries AS d ON d.order_id = o.id\n  WHERE d.delivered_on > o.promised_on\n)\nSELECT c.name, COUNT(*) AS late_orders, AVG(l.days_late) AS mean_days_late\nFROM late AS l\nJOIN customers AS c ON c.id = l.customer_id\nGROUP BY c.name\nHAVING COUNT(*) > 2\nORDER BY mean_days_late DESC;\n',
  },
  {
    id: 'word-count',
    domain: 'code',
    title: 'Counting words (Rust)',
    text: 'use std::collections::HashMap;\n\n/// Counts how often each word occurs, whatever its case.\nfn count_words(text: &str) -> HashMap<String, usize> {\n    let mut counts = HashMap::new();\n    for word in text.split_whitespace() {\n        let word = word.trim_matches(|c: char| !c.is_alphanumeric());\n        if !word.is_empty() {\n            *counts.entry(word.to_lowercase()).or_insert(0) += 1;\n        }\n    }\n    counts\n}\n\nfn main() {\n    let counts = count_words("The cat saw the other cat.");\n    assert_eq!(counts["cat"], 2);\n    assert_eq!(counts["the"], 2);\n}\n',
  },
  {
    id: 'even-square',
    domain: 'mathematics',
    title: 'Even squares',
    text: 'Let n be an even integer, so n = 2k for some integer k. Then n^2 = (2k)^2 = 4k^2 = 2(2k^2). Since 2k^2 is an integer, n^2 is even. Conversely, suppose that n is odd, n = 2k + 1. Then n^2 = 4k^2 + 4k + 1 = 2(2k^2 + 2k) + 1, which is odd. Hence n is even if and only if n^2 is even.',
  },
  {
    id: 'geometric',
    domain: 'mathematics',
    title: 'The geometric sum',
    text: 'Let r be a real number with r ≠ 1, and put S = 1 + r + r^2 + ... + r^n. Multiply by r: rS = r + r^2 + ... + r^(n+1). Subtract the second line from the first. All terms cancel except the first and the last, so S - rS = 1 - r^(n+1), that is, S(1 - r) = 1 - r^(n+1). Since r ≠ 1 we may divide, and S = (1 - r^(n+1)) / (1 - r). For |r| < 1 the term r^(n+1) tends to 0, so the infinite sum is 1 / (1 - r).',
  },
  {
    id: 'handshakes',
    domain: 'mathematics',
    title: 'A handshake lemma',
    text: 'Claim: at any party, the number of people who shook an odd number of hands is even. Proof: let d(v) be the number of hands that person v shook. Each handshake involves two people, so the sum of all d(v) is 2m, where m is the number of handshakes. Split the sum into the people with even d(v) and those with odd d(v). The first part is even, and the total is even, so the second part is even as well. A sum of odd numbers is even only if there is an even number of them. Therefore the number of people with odd d(v) is even.',
  },
  {
    id: 'quadratic',
    domain: 'mathematics',
    title: 'The quadratic formula (LaTeX)',
    text: 'Let $a, b, c$ be real numbers with $a \\neq 0$. We solve $ax^2 + bx + c = 0$ by completing the square. Dividing by $a$ gives\n\\[ x^2 + \\frac{b}{a} x = -\\frac{c}{a}. \\]\nAdd $\\left(\\frac{b}{2a}\\right)^2$ to both sides:\n\\[ \\left(x + \\frac{b}{2a}\\right)^2 = \\frac{b^2 - 4ac}{4a^2}. \\]\nIf $b^2 - 4ac < 0$ there is no real solution. Otherwise, taking roots,\n\\[ x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}. \\]',
  },
];
