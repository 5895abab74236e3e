// What a decoding step does between its matrix products, for 64-wide heads, on a processor with AVX-512.
// Rows are [slots, ...] in fp32; every function leaves the rows that go into a product divided by their own largest
// magnitude, which it writes to `largest`.
#include <immintrin.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace {

constexpr int64_t kWidth = 64;
constexpr int64_t kMostShared = 8;

float LargestOf(const float* row, int64_t size) {
  float largest = 1e-30f;
  for (int64_t i = 0; i < size; i++) largest = std::max(largest, std::fabs(row[i]));
  return largest;
}

void Divide(float* row, int64_t size, float by) {
  const float inverse = 1 / by;
  for (int64_t i = 0; i < size; i++) row[i] *= inverse;
}

uint16_t ToHalf(float value) {  // bfloat16, rounded to nearest, ties to even
  uint32_t bits;
  __builtin_memcpy(&bits, &value, 4);
  return (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
}

__m512 FromHalf(const uint16_t* values) {
  const __m256i raw = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(values));
  return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(raw), 16));
}

void Rotate(float* head, const float* cos, const float* sin) {
  for (int64_t i = 0; i < kWidth / 2; i++) {
    const float first = head[i], second = head[i + kWidth / 2];
    head[i] = first * cos[i] - second * sin[i];
    head[i + kWidth / 2] = second * cos[i] + first * sin[i];
  }
}

// One key/value head of one slot: `share` queries over `count` stored positions.
void AttendHead(const float* queries, const uint16_t* keys, const uint16_t* values, int64_t count, int64_t share,
                float* scores, int64_t stride, float* out) {
  __m512 query[kMostShared][4], sum[kMostShared][4];
  float top[kMostShared], inverse[kMostShared];
  const __m512 scale = _mm512_set1_ps(1 / std::sqrt(static_cast<float>(kWidth)));
  for (int64_t g = 0; g < share; g++) {
    top[g] = -1e30f;
    for (int j = 0; j < 4; j++) {
      query[g][j] = _mm512_mul_ps(_mm512_loadu_ps(queries + g * kWidth + 16 * j), scale);
      sum[g][j] = _mm512_setzero_ps();
    }
  }
  for (int64_t t = 0; t < count; t++) {
    __m512 key[4];
    for (int j = 0; j < 4; j++) key[j] = FromHalf(keys + t * kWidth + 16 * j);
    for (int64_t g = 0; g < share; g++) {
      __m512 dot = _mm512_mul_ps(query[g][0], key[0]);
      for (int j = 1; j < 4; j++) dot = _mm512_fmadd_ps(query[g][j], key[j], dot);
      const float score = _mm512_reduce_add_ps(dot);
      scores[g * stride + t] = score;
      top[g] = std::max(top[g], score);
    }
  }
  for (int64_t g = 0; g < share; g++) {
    float total = 0, *row = scores + g * stride;
    for (int64_t t = 0; t < count; t++) row[t] = expf(row[t] - top[g]);
    for (int64_t t = 0; t < count; t++) total += row[t];
    inverse[g] = 1 / total;
  }
  for (int64_t t = 0; t < count; t++) {
    for (int j = 0; j < 4; j++) {
      const __m512 value = FromHalf(values + t * kWidth + 16 * j);
      for (int64_t g = 0; g < share; g++)
        sum[g][j] = _mm512_fmadd_ps(_mm512_set1_ps(scores[g * stride + t]), value, sum[g][j]);
    }
  }
  for (int64_t g = 0; g < share; g++)
    for (int j = 0; j < 4; j++)
      _mm512_storeu_ps(out + g * kWidth + 16 * j, _mm512_mul_ps(sum[g][j], _mm512_set1_ps(inverse[g])));
}

// The `count` highest of a row, highest first.
void Top(const float* row, int64_t size, int64_t count, int32_t* ids, float* values) {
  using Entry = std::pair<float, int32_t>;
  std::vector<Entry> kept;
  for (int64_t i = 0; i < count; i++) kept.emplace_back(row[i], i);
  const auto above = [](const Entry& a, const Entry& b) { return a.first > b.first; };
  std::make_heap(kept.begin(), kept.end(), above);
  const auto offer = [&](int64_t i) {
    if (row[i] <= kept.front().first) return;
    std::pop_heap(kept.begin(), kept.end(), above);
    kept.back() = {row[i], static_cast<int32_t>(i)};
    std::push_heap(kept.begin(), kept.end(), above);
  };
  int64_t i = count;
  for (; i + 16 <= size; i += 16) {
    __mmask16 hits = _mm512_cmp_ps_mask(_mm512_loadu_ps(row + i), _mm512_set1_ps(kept.front().first), _CMP_GT_OQ);
    for (; hits; hits &= hits - 1) offer(i + __builtin_ctz(hits));
  }
  for (; i < size; i++) offer(i);
  std::sort_heap(kept.begin(), kept.end(), above);
  for (int64_t k = 0; k < count; k++) values[k] = kept[k].first, ids[k] = kept[k].second;
}

float SumOfExp(const float* row, int64_t size, float top, float factor) {
  float total = 0;
  for (int64_t i = 0; i < size; i++) total += expf((row[i] - top) * factor);
  return total;
}

}  // namespace

extern "C" {

// states += product * before (if product is given); rows = the norm of states, times weight, divided by largest.
void add_norm(float* states, const float* product, const float* before, const float* weight, float eps, float* rows,
              float* largest, int64_t slots, int64_t size) {
  for (int64_t s = 0; s < slots; s++) {
    float *state = states + s * size, *row = rows + s * size, square = 0;
    if (product)
      for (int64_t i = 0; i < size; i++) state[i] += product[s * size + i] * before[s];
    for (int64_t i = 0; i < size; i++) square += state[i] * state[i];
    const float scale = 1 / std::sqrt(square / size + eps);
    for (int64_t i = 0; i < size; i++) row[i] = state[i] * scale * weight[i];
    largest[s] = LargestOf(row, size);
    Divide(row, size, largest[s]);
  }
}

// silu(gate) * up; product is [slots, 2 * inner]: gate, then up.
void gate(const float* product, const float* before, float* rows, float* largest, int64_t slots, int64_t inner) {
  for (int64_t s = 0; s < slots; s++) {
    const float *left = product + s * 2 * inner, *up = left + inner;
    float* row = rows + s * inner;
    for (int64_t i = 0; i < inner; i++) {
      const float x = left[i] * before[s];
      row[i] = x / (1 + expf(-x)) * up[i] * before[s];
    }
    largest[s] = LargestOf(row, inner);
    Divide(row, inner, largest[s]);
  }
}

// product is [slots, (heads + 2 * kv) * 64]: queries, keys, values. Rotates, stores key and value (bfloat16, [slots, kv,
// capacity, 64]) at the slot's position and attends to all up to it.
void attend(float* product, const float* before, const float* cos, const float* sin, uint16_t* keys, uint16_t* values,
            const int64_t* positions, float* rows, float* largest, int64_t slots, int64_t heads, int64_t kv,
            int64_t capacity) {
  const int64_t share = heads / kv, size = heads * kWidth;
  std::vector<float> scores(share * capacity);
  for (int64_t s = 0; s < slots; s++) {
    float* row = product + s * (heads + 2 * kv) * kWidth;
    for (int64_t i = 0; i < (heads + 2 * kv) * kWidth; i++) row[i] *= before[s];
    for (int64_t h = 0; h < heads + kv; h++) Rotate(row + h * kWidth, cos + s * kWidth, sin + s * kWidth);
    for (int64_t h = 0; h < kv; h++) {
      const int64_t begin = (s * kv + h) * capacity * kWidth, at = begin + positions[s] * kWidth;
      for (int64_t i = 0; i < kWidth; i++) {
        keys[at + i] = ToHalf(row[size + h * kWidth + i]);
        values[at + i] = ToHalf(row[size + (kv + h) * kWidth + i]);
      }
      AttendHead(row + h * share * kWidth, keys + begin, values + begin, positions[s] + 1, share, scores.data(),
                 capacity, rows + s * size + h * share * kWidth);
    }
    largest[s] = LargestOf(rows + s * size, size);
    Divide(rows + s * size, size, largest[s]);
  }
}

// For each row of logits: its `count` highest, the log-sum-exp, and the token at share `share` of the cumulated
// probabilities at `temperature` (the highest if that is 0).
void choose(const float* logits, const float* temperature, const float* share, int32_t* ids, float* values,
            float* total, int32_t* token, int64_t rows, int64_t size, int64_t count) {
  for (int64_t r = 0; r < rows; r++) {
    const float* row = logits + r * size;
    Top(row, size, count, ids + r * count, values + r * count);
    const float top = values[r * count];
    total[r] = top + std::log(SumOfExp(row, size, top, 1));
    token[r] = ids[r * count];
    if (temperature[r] <= 0) continue;
    const float factor = 1 / temperature[r];
    float left = share[r] * SumOfExp(row, size, top, factor);
    for (int64_t i = 0; i < size; i++) {
      left -= expf((row[i] - top) * factor);
      if (left <= 0) {
        token[r] = i;
        break;
      }
    }
  }
}

}  // extern "C"
