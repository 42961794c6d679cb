// Every refusal carries one of the twelve statuses of shared_models/codes.py; the words are the page's business.

export class Refusal extends Error {
  constructor(status, problem = "") {
    super(problem ? `${status}: ${problem}` : status);
    this.status = status;
  }
}

export function badlyFormed(problem) {
  return new Refusal("badly_formed", problem);
}
