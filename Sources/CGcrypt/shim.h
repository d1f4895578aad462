#include <gcrypt.h>

// Swift calls no function with a variable number of arguments. Nothing of ours is kept in locked memory.
static inline int dancu_gcrypt_start(void) {
    if (gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P)) return 1;
    if (gcry_check_version("1.10.0") == 0) return 0;
    gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
    return gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0) == 0;
}
