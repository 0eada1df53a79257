/** Whether this instance is on its way out: balancers are to send nothing new, while what comes is still answered. */
export type Lifecycle = {
  readonly isStopping: boolean;
  stopping(): void;
};

export function createLifecycle(): Lifecycle {
  let isStopping = false;
  return {
    get isStopping() {
      return isStopping;
    },
    stopping() {
      isStopping = true;
    },
  };
}
